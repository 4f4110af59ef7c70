namespace OrleansSessions.LeaseModel.Tests;

/// <summary>Silos are alike, and so are front ends: of the states that differ in nothing but their names, hardly more than one is explored.</summary>
internal static class Symmetry
{
    /// <summary>The same state with the silos and the front ends in an order of their own. Ties only cost states.</summary>
    /// <remarks>A front end that the bounds leave out knows nothing, and stays last.</remarks>
    public static ModelState InOrder(in ModelState state)
    {
        var ordered = Rank(state.Activations.First) < Rank(state.Activations.Second) ? SwapSilos(state) : state;
        return Rank(ordered, 0) < Rank(ordered, 1) ? SwapFrontEnds(ordered) : ordered;
    }

    /// <summary>The state under all names.</summary>
    public static IEnumerable<ModelState> Images(ModelState state)
    {
        var other = SwapSilos(state);
        return [state, other, SwapFrontEnds(state), SwapFrontEnds(other)];
    }

    private static ulong Rank(in Activation activation)
    {
        var bits = new BitWriter();
        PackedState.Add(ref bits, activation);
        return bits.Word;
    }

    private static ulong Rank(in ModelState state, int frontEnd)
    {
        var bits = new BitWriter();
        PackedState.Add(ref bits, state.Activations.First.Holders[frontEnd]);
        PackedState.Add(ref bits, state.Activations.Second.Holders[frontEnd]);
        PackedState.Add(ref bits, state.FrontEnds[frontEnd]);
        return bits.Word;
    }

    private static ModelState SwapSilos(in ModelState state) => state with
    {
        Activations = state.Activations.Swapped,
        Key = state.Key.OnOtherSilo,
        FrontEnds = state.FrontEnds.Select(frontEnd => frontEnd.Waiting ? frontEnd with { Silo = 1 - frontEnd.Silo } : frontEnd),
    };

    private static ModelState SwapFrontEnds(in ModelState state) => state with
    {
        Activations = state.Activations.Select(activation => activation with { Holders = activation.Holders.Swapped }),
        FrontEnds = state.FrontEnds.Swapped,
    };
}
