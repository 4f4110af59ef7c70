namespace OrleansSessions.AspNetCore;

/// <summary>Asks a session's grain, and makes answers and leases of its results.</summary>
internal sealed class GrainValidation(ClusterCaller cluster, SessionEvents events, TimeProvider time)
{
    private const int MaxLateAnswers = 3;

    /// <summary>Asks for one request alone, and for no lease.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer.</exception>
    public async Task<ValidationAnswer> AskAloneAsync(SessionToken token, bool isRenewal)
    {
        var request = new ValidationRequest { SecretHash = token.SecretHash, IsRenewal = isRenewal };
        var (result, sentAt) = await SendAsync(token.SessionId, request);
        return Learn(token.SessionId, new ValidationAnswer(result, sentAt));
    }

    /// <summary>Asks for all who wait for a call, and for a lease.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer.</exception>
    public async Task<(ValidationAnswer Answer, Lease? Lease)> AskAsync(SessionSlot slot, SharedCall call, ILeaseHolder holder)
    {
        for (var tries = 0; tries < MaxLateAnswers; tries++)
        {
            var remembered = slot.RememberedFor(call.SecretHash);
            var request = new ValidationRequest
            {
                SecretHash = call.SecretHash,
                LastHitAge = slot.LastHit == 0 ? null : time.GetElapsedTime(slot.LastHit),
                Holder = holder,
                IsRenewal = call.IsRenewal,
                IsShared = call.IsShared,
                KnownRevision = remembered?.Session?.Revision,
            };
            var (result, sentAt) = await SendAsync(slot.SessionId, request);

            // An answer that outlived its own lease says nothing of the present: it is asked for again.
            if (result.Lease == TimeSpan.Zero || time.GetElapsedTime(sentAt) < result.Lease)
            {
                var answer = Learn(slot.SessionId, new ValidationAnswer(result, sentAt).Inherit(remembered));
                return (answer, ToLease(call.SecretHash, answer, sentAt, result.Lease));
            }
        }

        throw new SessionsUnavailableException("The session service answers too late: each answer outlived its lease.");
    }

    private async Task<(SessionValidationResult Result, long SentAt)> SendAsync(string sessionId, ValidationRequest request)
    {
        var sentAt = 0L;
        var result = await cluster.CallAsync(
            (grains, ct) =>
            {
                // The call may be made several times; the answer is that of the last.
                sentAt = time.GetTimestamp();
                return grains.GetSession(sessionId).ValidateAsync(request, ct).AsTask();
            },
            CancellationToken.None);
        return (result, sentAt);
    }

    private Lease? ToLease(SecretHash secretHash, ValidationAnswer answer, long sentAt, TimeSpan length)
    {
        if (length <= TimeSpan.Zero)
        {
            return null;
        }

        var ticks = (long)(length.TotalSeconds * time.TimestampFrequency);
        return new Lease(secretHash, answer, renewAt: sentAt + (ticks * 4 / 5), end: sentAt + ticks);
    }

    private ValidationAnswer Learn(string sessionId, ValidationAnswer answer)
    {
        // A session whose secret was replaced goes on.
        if (answer.Reason is not (RevocationReason.None or RevocationReason.SecretReplaced))
        {
            events.RaiseEnded(sessionId, answer.Reason, answer.ReasonText);
        }

        return answer;
    }
}
