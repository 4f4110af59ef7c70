namespace OrleansSessions.History;

/// <summary>Histories for human readers, and for keeping with a failure.</summary>
public static class HistoryText
{
    /// <summary>One line an operation, in the order of their starts.</summary>
    public static string Describe(IEnumerable<Operation> history) =>
        string.Join(Environment.NewLine, history.OrderBy(operation => operation.Start));

    /// <summary>The violations with their operations, one after the other; empty for none.</summary>
    public static string Describe(IEnumerable<Violation> violations) => string.Join(Environment.NewLine, violations);
}
