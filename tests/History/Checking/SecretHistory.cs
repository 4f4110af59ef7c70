namespace OrleansSessions.History;

/// <summary>One secret of a session: who issued it, and who replaced it.</summary>
internal sealed class SecretHistory
{
    private readonly List<Operation> _rotations = [];

    /// <summary>The sign-in or rotation that issued it, or may have: an acknowledged one where there is one.</summary>
    public Operation? Issue { get; private set; }

    /// <summary>The rotations that replaced it, or may have, in the order of their starts.</summary>
    public IReadOnlyList<Operation> Rotations => _rotations;

    /// <summary>The rotation that surely replaced it, the earliest to be acknowledged.</summary>
    public Operation? Replaced { get; private set; }

    public void AddIssue(Operation operation)
    {
        if (Issue is null || (Issue.Outcome != Outcome.Ok && operation.Outcome == Outcome.Ok))
        {
            Issue = operation;
        }
    }

    public void AddRotation(Operation operation)
    {
        _rotations.Add(operation);
        if (operation.EffectiveAt < (Replaced?.EffectiveAt ?? Operation.Never))
        {
            Replaced = operation;
        }
    }
}
