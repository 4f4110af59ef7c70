namespace OrleansSessions.History;

/// <summary>What any single answer must be: I5 and I7.</summary>
internal static class AnswerRules
{
    public static IEnumerable<Violation> Check(
        Operation operation, Dictionary<string, SessionHistory> sessions, HistorySettings settings)
    {
        if (operation.AnsweredSubject is { } answered && answered != OwnerOf(operation, sessions))
        {
            yield return new(Invariant.AnswersAreTheCallersOwn, $"answered as {answered}", operation);
        }

        foreach (var id in operation.Sessions)
        {
            if (sessions.GetValueOrDefault(id)?.SignIn is { } signIn && signIn.Subject != operation.Subject)
            {
                yield return new(Invariant.AnswersAreTheCallersOwn, "another user's session in the list", signIn, operation);
            }
        }

        if (operation.Status is { } status && !Fits(status, operation.Outcome, settings))
        {
            yield return new(Invariant.AnswersAreTheCallersOwn, $"status {status} for {operation.Outcome}", operation);
        }

        if (operation.CookieCleared && (operation.Outcome == Outcome.Unknown || operation.Status >= 500))
        {
            yield return new(Invariant.FailureKeepsTheCookie, "a failure cleared the cookie", operation);
        }
    }

    private static string OwnerOf(Operation operation, Dictionary<string, SessionHistory> sessions) =>
        operation.SessionId is { } id && sessions[id].SignIn is { } signIn ? signIn.Subject : operation.Subject;

    private static bool Fits(int status, Outcome outcome, HistorySettings settings) => outcome switch
    {
        Outcome.Ok => status is >= 200 and < 400,
        Outcome.Denied => status is >= 300 and < 500,
        _ => settings.UnavailableStatuses.Contains(status),
    };
}
