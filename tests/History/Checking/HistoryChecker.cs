using System.Collections.Immutable;

namespace OrleansSessions.History;

/// <summary>Holds a history against the invariants. It knows the clients' records only, and nothing of how the system works.</summary>
/// <remarks>
/// It accuses only on proof: an operation whose outcome is unknown counts as done where that excuses an answer, and as not
/// done where that does. Every check looks at one session or one user, so the cost grows with the history, not its square.
/// </remarks>
public static class HistoryChecker
{
    /// <summary>The violations in a history; none where it is as it must be.</summary>
    public static ImmutableArray<Violation> Check(IEnumerable<Operation> history, HistorySettings? settings = null)
    {
        var rules = settings ?? new HistorySettings();
        var operations = history.OrderBy(operation => operation.Start).ToArray();
        var users = operations.GroupBy(operation => operation.Subject, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new UserHistory([.. group]), StringComparer.Ordinal);
        // A browser can sign in as one user while it presents another user's session.
        var superseding = operations.Where(operation => operation is { Kind: OperationKind.SignIn, OtherSessionId: not null })
            .ToLookup(operation => operation.OtherSessionId!, StringComparer.Ordinal);
        var sessions = operations.Where(operation => operation.SessionId is not null)
            .GroupBy(operation => operation.SessionId!, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => SessionHistory.From(group.Key, [.. group], superseding[group.Key], users, rules),
                StringComparer.Ordinal);
        var owned = sessions.Values.Where(session => session.SignIn is not null)
            .ToLookup(session => session.SignIn!.Subject, StringComparer.Ordinal);
        return
        [
            .. operations.SelectMany(operation => AnswerRules.Check(operation, sessions, rules)),
            .. sessions.Values.SelectMany(session => AcceptanceRules.Check(session, rules)),
            .. sessions.Values.SelectMany(session => DenialRules.Check(session, rules)),
            .. sessions.Values.SelectMany(RotationRules.Check),
            .. users.SelectMany(user => ListRules.Check(user.Value, [.. owned[user.Key]], sessions, rules)),
        ];
    }
}
