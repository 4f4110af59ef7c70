namespace OrleansSessions.AspNetCore;

/// <summary>Says whether the holder of a token is signed in: from memory, by a read of its own, or by the session's grain.</summary>
/// <remarks>docs/protocol.md has the argument why each of the three is strict.</remarks>
internal sealed class SessionValidation(LeaseCache leases, DirectReads direct, ClusterPresence cluster, ClaimsRenewer claims, ValidationMetrics metrics)
{
    /// <summary>Validates a token. An active answer reflects a moment after this call began.</summary>
    /// <exception cref="SessionsUnavailableException">Neither the cluster nor the store says clearly what the session is.</exception>
    public ValueTask<ValidationAnswer> ValidateAsync(SessionToken token, CancellationToken cancellationToken)
    {
        if (leases.TryAnswer(token) is { } answer)
        {
            metrics.AnsweredFromMemory();
            return new(answer);
        }

        return new(ValidateOutsideMemoryAsync(token, cancellationToken));
    }

    private async Task<ValidationAnswer> ValidateOutsideMemoryAsync(SessionToken token, CancellationToken cancellationToken)
    {
        if ((cluster.IsAway || leases.TryBeginLoneVisit(token)) && await direct.TryReadAsync(token, cancellationToken) is { } read)
        {
            return read;
        }

        cluster.ThrowIfAway();
        try
        {
            var answer = await leases.AskAsync(token, cancellationToken);
            metrics.AskedGrain();
            return answer is { IsActive: true, Session.AreClaimsOutdated: true }
                ? await claims.RenewAsync(token, answer, cancellationToken)
                : answer;
        }
        catch (SessionsUnavailableException)
        {
            cluster.NoteFailure();
            if (await direct.TryReadAsync(token, cancellationToken) is { } stored)
            {
                return stored;
            }

            throw;
        }
    }
}
