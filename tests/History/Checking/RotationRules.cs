namespace OrleansSessions.History;

/// <summary>The one successor of I6.</summary>
internal static class RotationRules
{
    public static IEnumerable<Violation> Check(SessionHistory session)
    {
        var accepted = session.Uses.Where(use => use.Outcome == Outcome.Ok).Select(use => use.Secret)
            .OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var secret in session.Secrets.Values)
        {
            // The same rotation, asked twice for the same new secret, is one.
            var winners = secret.Rotations
                .Where(rotation => rotation.Outcome == Outcome.Ok || (rotation.NewSecret is { } issued && accepted.Contains(issued)))
                .DistinctBy(rotation => rotation.NewSecret as object ?? rotation)
                .ToArray();
            if (winners.Length > 1)
            {
                yield return new(Invariant.RotationHasOneSuccessor, "a secret has several successors", winners);
            }
        }
    }
}
