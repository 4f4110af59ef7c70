namespace OrleansSessions.Grains;

/// <summary>What is to be done about a presented secret.</summary>
/// <param name="Refusal">The answer to someone who is not let in; null for the holder of an active session.</param>
/// <param name="MustEnd">Why the session must be ended now; none where it need not.</param>
internal readonly record struct Judgement(SessionValidationResult? Refusal, RevocationReason MustEnd = RevocationReason.None)
{
    public static Judgement Admitted => default;

    public static Judgement NotFound => new(SessionValidationResult.NotFound);
}
