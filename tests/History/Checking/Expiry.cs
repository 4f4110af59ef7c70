namespace OrleansSessions.History;

/// <summary>Whether a session may have, or must have, run out by itself.</summary>
internal static class Expiry
{
    /// <summary>Whether it may have expired before an operation ended.</summary>
    public static bool IsPossible(SessionHistory session, Operation operation, HistorySettings settings)
    {
        if (session.SignIn is not { } signIn || operation.End == Operation.Never)
        {
            return true;
        }

        return Passed(signIn.Start, operation.End, settings.AbsoluteTimeout - settings.ExpiryTolerance)
            || Passed(LastSureUse(session, signIn, operation), operation.End, settings.IdleTimeout - settings.ExpiryTolerance);
    }

    /// <summary>Whether it must have expired before an operation started.</summary>
    public static bool IsCertain(SessionHistory session, Operation operation, HistorySettings settings)
    {
        if (session.SignIn is not { Outcome: Outcome.Ok } signIn)
        {
            return false;
        }

        return Passed(signIn.End, operation.Start, settings.AbsoluteTimeout + settings.ExpiryTolerance)
            || Passed(LastPossibleUse(session, signIn, operation), operation.Start, settings.IdleTimeout + settings.ExpiryTolerance);
    }

    private static bool Passed(TimeSpan from, TimeSpan to, TimeSpan? timeout) => timeout is { } limit && to - from > limit;

    private static TimeSpan LastSureUse(SessionHistory session, Operation signIn, Operation before) => session.Uses
        .Where(use => use.Outcome == Outcome.Ok && use.End < before.Start)
        .Select(use => use.Start).Append(signIn.Start).Max();

    private static TimeSpan LastPossibleUse(SessionHistory session, Operation signIn, Operation before) => session.Uses
        .Where(use => use != before && use.Start < before.Start)
        .Select(use => use.End < before.Start ? use.End : before.Start).Append(signIn.End).Max();
}
