using CsCheck;

namespace OrleansSessions.History.Tests;

/// <summary>What happens to an operation's answer and effect.</summary>
internal enum Fate
{
    Answered,
    UnansweredAndDone,
    UnansweredAndNotDone,
    UnansweredAndDoneLate,
}

/// <summary>The choices that make one simulated operation.</summary>
/// <param name="Kind">What is asked; validations are the most frequent.</param>
/// <param name="Target">Which user, session or secret, by remainder.</param>
/// <param name="FrontEnd">Where.</param>
/// <param name="Before">Milliseconds from the start to the moment that decides.</param>
/// <param name="After">Milliseconds from that moment to the end.</param>
/// <param name="Lag">What makes the front ends hear of an end at different times.</param>
/// <param name="Fate">What happens to the answer.</param>
internal sealed record SimulatedCall(OperationKind Kind, int Target, int FrontEnd, int Before, int After, int Lag, Fate Fate)
{
    private static readonly Gen<OperationKind> Kinds = Gen.Frequency(
        (2, Gen.Const(OperationKind.SignIn)),
        (8, Gen.Const(OperationKind.Validate)),
        (2, Gen.Const(OperationKind.Rotate)),
        (2, Gen.Const(OperationKind.Revoke)),
        (1, Gen.Const(OperationKind.RevokeAll)),
        (1, Gen.Const(OperationKind.List)));

    private static readonly Gen<Fate> Fates = Gen.Frequency(
        (8, Gen.Const(Fate.Answered)),
        (1, Gen.Const(Fate.UnansweredAndDone)),
        (1, Gen.Const(Fate.UnansweredAndNotDone)),
        (1, Gen.Const(Fate.UnansweredAndDoneLate)));

    public static Gen<SimulatedCall[]> Many { get; } = Gen.Select(
        Kinds, Gen.Int[0, 999], Gen.Int[0, Simulator.FrontEnds - 1], Gen.Int[0, 35], Gen.Int[1, 35], Gen.Int[0, 999], Fates,
        (kind, target, frontEnd, before, after, lag, fate) => new SimulatedCall(kind, target, frontEnd, before, after, lag, fate))
        .Array[1, 80];
}
