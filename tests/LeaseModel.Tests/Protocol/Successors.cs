using System.Runtime.InteropServices;

namespace OrleansSessions.LeaseModel.Tests;

/// <summary>All that can happen next in one state; the same object serves one state after another.</summary>
internal sealed class Successors
{
    private readonly List<Transition> _transitions = [];

    public ReadOnlySpan<Transition> Transitions => CollectionsMarshal.AsSpan(_transitions);

    /// <summary>What a step of this state did that the protocol promises never to do; null for nothing.</summary>
    public (Step Step, string Text)? Violation { get; private set; }

    public void Add(Step step, in ModelState next) => _transitions.Add(new(step, next));

    public void Violated(Step step, string text) => Violation ??= (step, text);

    public void Clear()
    {
        _transitions.Clear();
        Violation = null;
    }
}
