namespace OrleansSessions.Accounts;

/// <summary>The names of the interfaces by which grains are called. They are part of every call: never change one.</summary>
internal static class AccountGrainInterfaceTypes
{
    /// <summary>The type of <see cref="IAccountGrain"/>.</summary>
    public const string Account = "OrleansSessions.IAccountGrain";

    /// <summary>The type of <see cref="ISourceThrottleGrain"/>.</summary>
    public const string SourceThrottle = "OrleansSessions.ISourceThrottleGrain";
}
