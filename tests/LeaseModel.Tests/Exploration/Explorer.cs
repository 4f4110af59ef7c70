using System.Diagnostics;

namespace OrleansSessions.LeaseModel.Tests;

/// <summary>Visits every state that the protocol can reach, names aside, breadth first, so that the first violation found is a shortest one.</summary>
internal sealed class Explorer(LeaseProtocol protocol, int frontEnds)
{
    private readonly StateTable _table = new();
    private readonly Successors _successors = new();
    private PackedState[] _next = new PackedState[64];

    public Exploration Run()
    {
        _table.Add([Pack(ModelState.Initial)], parent: -1);
        for (var at = 0; at < _table.Count; at++)
        {
            var state = _table[at].Unpack();
            Expand(state);
            if (LeaseProtocol.Violation(state) is not null || _successors.Violation is not null)
            {
                return new(_table.Count, TraceTo(at));
            }

            _table.Add(PackTransitions(), at);
        }

        return new(_table.Count, []);
    }

    private ReadOnlySpan<PackedState> PackTransitions()
    {
        var transitions = _successors.Transitions;
        if (transitions.Length > _next.Length)
        {
            _next = new PackedState[transitions.Length * 2];
        }

        for (var i = 0; i < transitions.Length; i++)
        {
            _next[i] = Pack(transitions[i].Next);
        }

        return _next.AsSpan(0, transitions.Length);
    }

    // Silos are ordered by their words, and a lone front end has no order: about half of the states need no second packing.
    private PackedState Pack(in ModelState state)
    {
        var packed = PackedState.Pack(state);
        return frontEnds == 1 && packed.First >= packed.Second ? packed : PackedState.Pack(Symmetry.InOrder(state));
    }

    private void Expand(in ModelState state)
    {
        _successors.Clear();
        protocol.AddSteps(state, _successors);
    }

    // Steps are not stored: each is found again between two states that are, and all keep the names that the first ones gave.
    private List<string> TraceTo(int end)
    {
        var path = new Stack<int>();
        for (var at = end; at >= 0; at = _table.Parent(at))
        {
            path.Push(at);
        }

        path.Pop();
        var lines = new List<string>();
        var from = ModelState.Initial;
        foreach (var index in path)
        {
            Expand(from);
            var found = StepTo(_table[index]);
            lines.Add(Line(from, found.Step));
            from = found.Next;
        }

        lines.AddRange(ViolationIn(from));
        return lines;
    }

    private Transition StepTo(PackedState stored)
    {
        foreach (ref readonly var transition in _successors.Transitions)
        {
            if (IsNamedAnew(transition.Next, stored))
            {
                return transition;
            }
        }

        throw new UnreachableException("A stored state follows from the one that it was found from.");
    }

    private IEnumerable<string> ViolationIn(ModelState state)
    {
        Expand(state);
        return LeaseProtocol.Violation(state) is { } violation ? [violation]
            : _successors.Violation is { } broken ? [Line(state, broken.Step), broken.Text]
            : [];
    }

    private static bool IsNamedAnew(in ModelState state, PackedState stored) =>
        Symmetry.Images(state).Any(image => PackedState.Pack(image) == stored);

    private static string Line(in ModelState state, Step step) => $"t={state.Now} {step}";
}
