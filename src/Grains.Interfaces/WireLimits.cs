namespace OrleansSessions;

/// <summary>Bounds on calls that both ends of the wire must agree on.</summary>
public static class WireLimits
{
    /// <summary>How long a caller waits for a revocation, which itself waits for leases that it cannot take back.</summary>
    /// <remarks>More than an ownership window and its tolerance together: the longest that such a wait can last.</remarks>
    internal const string RevocationTimeout = "00:01:00";

    /// <summary>The longest ticket a session takes, in bytes.</summary>
    public const int MaxTicketBytes = 64 * 1024;
}
