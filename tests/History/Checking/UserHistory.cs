namespace OrleansSessions.History;

/// <summary>One user's operations, in the order of their starts.</summary>
internal sealed class UserHistory(IReadOnlyList<Operation> operations)
{
    public IReadOnlyList<Operation> SignIns { get; } = Of(operations, OperationKind.SignIn);

    public IReadOnlyList<Operation> RevocationsOfAll { get; } = Of(operations, OperationKind.RevokeAll);

    public IReadOnlyList<Operation> Lists { get; } = Of(operations, OperationKind.List);

    /// <summary>Whatever may change the list.</summary>
    public IReadOnlyList<Operation> Changes { get; } =
        [.. operations.Where(operation => operation.Kind is not (OperationKind.Validate or OperationKind.List))];

    private static Operation[] Of(IReadOnlyList<Operation> operations, OperationKind kind) =>
        [.. operations.Where(operation => operation.Kind == kind)];
}
