namespace OrleansSessions.Grains;

/// <summary>What a session's record says of a presented secret: a pure rule.</summary>
internal static class SessionRules
{
    /// <summary>Judges a presented secret.</summary>
    /// <param name="record">The record as it is stored.</param>
    /// <param name="use">The latest use that is known of.</param>
    /// <param name="presented">The presented secret's hash.</param>
    /// <param name="isRenewal">Whether the front end asks by itself: nobody has presented the secret.</param>
    /// <param name="now">The moment by the store's clock.</param>
    /// <param name="reuseGrace">For how long after a rotation the replaced secret raises no alarm.</param>
    public static Judgement Judge(
        SessionRecord record, LatestUse use, in SecretHash presented, bool isRenewal, DateTimeOffset now, TimeSpan reuseGrace)
    {
        if (record.IsSecret(presented))
        {
            var reason = record.IsEnded ? record.EndedBy : EndedBy(record, use, now);
            return reason == RevocationReason.None
                ? Judgement.Admitted
                : new Judgement(SessionValidationResult.Ended(reason, record.EndedFor), MustEnd: record.IsEnded ? RevocationReason.None : reason);
        }

        if (isRenewal || !record.IsActive || !record.IsReplacedSecret(presented))
        {
            return Judgement.NotFound;
        }

        return now - record.RotatedAt > reuseGrace
            ? new Judgement(SessionValidationResult.NotFound, MustEnd: RevocationReason.TokenReuse)
            : new Judgement(SessionValidationResult.Replaced);
    }

    /// <summary>Why an active session has ended by itself, or <see cref="RevocationReason.None"/> if it has not.</summary>
    public static RevocationReason EndedBy(SessionRecord record, LatestUse use, DateTimeOffset now)
    {
        var idleTimeout = use.IsUsed ? record.IdleTimeout : record.EffectiveIdleTimeout;
        return record.IsActive
            ? SessionExpiry.Evaluate(now, use.SeenAt, record.ExpiresAt, idleTimeout)
            : RevocationReason.None;
    }
}
