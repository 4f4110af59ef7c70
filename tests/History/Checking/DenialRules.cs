namespace OrleansSessions.History;

/// <summary>What must not be denied: the acknowledged logins of I1, and the new secrets of I6.</summary>
internal static class DenialRules
{
    public static IEnumerable<Violation> Check(SessionHistory session, HistorySettings settings) => session.Operations
        .Where(operation => operation is { Kind: OperationKind.Validate or OperationKind.Rotate, Outcome: Outcome.Denied, Secret: not null })
        .Select(denial => CheckDenial(denial, session, settings))
        .OfType<Violation>();

    private static Violation? CheckDenial(Operation denial, SessionHistory session, HistorySettings settings)
    {
        var secret = session.Secrets[denial.Secret!];
        if (secret.Issue is not { Outcome: Outcome.Ok } issue || !denial.StartedAfter(issue) || IsExcused(denial, session, secret))
        {
            return null;
        }

        if (Expiry.IsPossible(session, denial, settings))
        {
            return null;
        }

        return issue.Kind == OperationKind.Rotate
            ? new(Invariant.RotationHasOneSuccessor, "the new secret is denied", issue, denial)
            : new(Invariant.NoLoginIsLost, "an acknowledged login is denied", issue, denial);
    }

    private static bool IsExcused(Operation denial, SessionHistory session, SecretHistory secret) =>
        session.MayHaveEnded?.Start <= denial.End || secret.Rotations.Any(rotation => rotation.Start <= denial.End);
}
