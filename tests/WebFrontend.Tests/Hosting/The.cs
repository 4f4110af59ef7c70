namespace OrleansSessions.WebFrontend.Tests;

/// <summary>The one of which a test needs no other.</summary>
internal static class The
{
    public const string Password = "otter lamp gravel 17";

    public const string OtherPassword = "walnut ferry cobalt 4";
}

/// <summary>Any of which a test needs one of its own.</summary>
internal static class Some
{
    private static int _users;

    public static string UserName() => $"user-{Interlocked.Increment(ref _users)}";
}
