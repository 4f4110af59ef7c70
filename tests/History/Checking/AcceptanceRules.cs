namespace OrleansSessions.History;

/// <summary>What must not be accepted: I2, I3, and the old secrets of I6.</summary>
internal static class AcceptanceRules
{
    public static IEnumerable<Violation> Check(SessionHistory session, HistorySettings settings)
    {
        var seenDead = new Dictionary<string, Operation>(StringComparer.Ordinal);
        foreach (var denial in session.Operations.Where(operation => IsDefinite(operation, session)))
        {
            if (!seenDead.TryGetValue(denial.Secret!, out var earlier) || denial.End < earlier.End)
            {
                seenDead[denial.Secret!] = denial;
            }
        }

        return session.Uses
            .Where(use => use is { Outcome: Outcome.Ok, Secret: not null })
            .Select(use => CheckUse(use, session, seenDead.GetValueOrDefault(use.Secret!), settings))
            .OfType<Violation>();
    }

    private static Violation? CheckUse(Operation use, SessionHistory session, Operation? seenDead, HistorySettings settings)
    {
        var secret = session.Secrets[use.Secret!];
        if (secret.Issue is not { } issue)
        {
            return new(Invariant.NothingIsMadeUp, "accepted, and never issued", use);
        }

        if (issue.Start > use.End)
        {
            return new(Invariant.NothingIsMadeUp, "accepted before it was issued", use, issue);
        }

        if (session.Ended is { } ended && use.Start > ended.EffectiveAt)
        {
            return new(Invariant.RevocationIsFinal, "accepted after its revocation had returned", ended, use);
        }

        if (secret.Replaced is { } replaced && replaced != use && use.Start > replaced.End)
        {
            return new(Invariant.RotationHasOneSuccessor, "a replaced secret is accepted", replaced, use);
        }

        if (Expiry.IsCertain(session, use, settings))
        {
            return new(Invariant.NothingIsMadeUp, "accepted after it had expired", session.SignIn, use);
        }

        return seenDead is not null && use.Start - seenDead.End > settings.RevocationBound
            ? new(Invariant.NothingIsMadeUp, "accepted again after it had been denied", seenDead, use)
            : null;
    }

    // Before its issue is acknowledged, a secret may be denied and come to life later.
    private static bool IsDefinite(Operation operation, SessionHistory session) =>
        operation is { Kind: OperationKind.Validate, Outcome: Outcome.Denied, Secret: { } label }
        && session.Secrets[label].Issue is { Outcome: Outcome.Ok } issue
        && operation.StartedAfter(issue);
}
