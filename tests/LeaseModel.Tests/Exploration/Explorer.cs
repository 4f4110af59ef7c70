namespace OrleansSessions.LeaseModel.Tests;

/// <summary>Visits every state that the protocol can reach, breadth first, so that the first violation found is a shortest one.</summary>
internal sealed class Explorer(LeaseProtocol protocol)
{
    private readonly StateTable _table = new();
    private readonly Successors _successors = new();

    public Exploration Run()
    {
        _table.Add(PackedState.Pack(ModelState.Initial), parent: -1);
        for (var at = 0; at < _table.Count; at++)
        {
            var state = _table[at].Unpack();
            if (LeaseProtocol.Violation(state) is { } violation)
            {
                return new(_table.Count, [.. TraceTo(at), violation]);
            }

            Expand(state);
            if (_successors.Violation is { } broken)
            {
                return new(_table.Count, [.. TraceTo(at), Line(state, broken.Step), broken.Text]);
            }

            foreach (var transition in _successors.Transitions)
            {
                _table.Add(PackedState.Pack(transition.Next), at);
            }
        }

        return new(_table.Count, []);
    }

    private void Expand(in ModelState state)
    {
        _successors.Clear();
        protocol.AddSteps(state, _successors);
    }

    // Steps are not stored: each is found again between two states that are.
    private IEnumerable<string> TraceTo(int end)
    {
        var path = new Stack<int>();
        for (var at = end; at >= 0; at = _table.Parent(at))
        {
            path.Push(at);
        }

        var from = _table[path.Pop()].Unpack();
        foreach (var index in path)
        {
            var to = _table[index].Unpack();
            Expand(from);
            yield return Line(from, _successors.Transitions.First(transition => transition.Next == to).Step);
            from = to;
        }
    }

    private static string Line(in ModelState state, Step step) => $"t={state.Now} {step}";
}
