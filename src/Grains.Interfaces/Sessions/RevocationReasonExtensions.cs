namespace OrleansSessions;

/// <summary>What a reason means to the holder of the session's token.</summary>
internal static class RevocationReasonExtensions
{
    /// <summary>The status of a session that ended for this reason.</summary>
    public static SessionStatus Status(this RevocationReason reason) => reason switch
    {
        RevocationReason.IdleTimeout or RevocationReason.AbsoluteTimeout => SessionStatus.Expired,
        RevocationReason.Abandoned or RevocationReason.SecretReplaced => SessionStatus.NotFound,
        _ => SessionStatus.Revoked,
    };
}
