using System.Collections.Immutable;

namespace OrleansSessions.History;

/// <summary>A broken invariant, with the operations that show it.</summary>
public sealed record Violation(Invariant Invariant, string Text, ImmutableArray<Operation> Operations)
{
    internal Violation(Invariant invariant, string text, params IEnumerable<Operation?> operations)
        : this(invariant, text, [.. operations.OfType<Operation>()])
    {
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"I{(int)Invariant} {Text}{string.Concat(Operations.Select(operation => $"{Environment.NewLine}    {operation}"))}";
}
