namespace OrleansSessions.LeaseModel.Tests;

/// <summary>What an exploration found.</summary>
/// <param name="States">How many states there are within the bounds, names aside, or were seen up to the violation.</param>
/// <param name="Violation">A shortest way to a broken promise, a line a step; empty where the protocol holds.</param>
internal sealed record Exploration(int States, IReadOnlyList<string> Violation)
{
    public bool Holds => Violation.Count == 0;

    public override string ToString() =>
        Holds ? $"holds in {States:N0} states" : $"{string.Join(Environment.NewLine, Violation)}{Environment.NewLine}({States:N0} states seen)";
}
