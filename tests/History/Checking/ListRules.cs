namespace OrleansSessions.History;

/// <summary>The device lists of I4.</summary>
internal static class ListRules
{
    public static IEnumerable<Violation> Check(
        UserHistory user, IReadOnlyList<SessionHistory> own, Dictionary<string, SessionHistory> sessions, HistorySettings settings) =>
        user.Lists
            .Where(list => list.Outcome == Outcome.Ok && IsQuiet(list, user, settings))
            .SelectMany(list => CheckMissing(list, own, settings).Concat(CheckGhosts(list, user, sessions)));

    private static bool IsQuiet(Operation list, UserHistory user, HistorySettings settings) => user.Changes.All(change =>
        change.Start > list.End || (change.End != Operation.Never && list.Start - change.End >= settings.Quiescence));

    private static IEnumerable<Violation> CheckMissing(Operation list, IEnumerable<SessionHistory> own, HistorySettings settings) =>
        from session in own
        where session.SignIn is { Outcome: Outcome.Ok } signIn && list.StartedAfter(signIn) && !list.Sessions.Contains(session.Id)
        where !(session.MayHaveEnded?.Start <= list.End) && !Expiry.IsPossible(session, list, settings)
        select new Violation(Invariant.ListsAreComplete, $"the list lacks the live session {session.Id}", session.SignIn, list);

    private static IEnumerable<Violation> CheckGhosts(
        Operation list, UserHistory user, Dictionary<string, SessionHistory> sessions)
    {
        // A sign-in that was never answered may have made a session whose ID no client knows.
        var excused = user.SignIns.Count(signIn => signIn is { Outcome: Outcome.Unknown, SessionId: null } && signIn.Start < list.End);
        foreach (var id in list.Sessions)
        {
            if (!sessions.TryGetValue(id, out var session) || session.SignIn is null)
            {
                if (--excused < 0)
                {
                    yield return new(Invariant.ListsAreComplete, $"the list has {id}, which was never signed in", list);
                }
            }
            else if (session.Ended is { } ended && list.Start > ended.EffectiveAt)
            {
                yield return new(Invariant.ListsAreComplete, $"the list has {id}, which has ended", ended, list);
            }
        }
    }
}
