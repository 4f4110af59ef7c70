namespace OrleansSessions.Accounts;

/// <summary>The names under which grains are addressed and stored. They are part of the key of every stored record: never change one.</summary>
public static class AccountGrainTypes
{
    /// <summary>The type of <see cref="IAccountGrain"/>.</summary>
    public const string Account = "account";

    /// <summary>The type of <see cref="ISourceThrottleGrain"/>.</summary>
    public const string SourceThrottle = "source-throttle";
}
