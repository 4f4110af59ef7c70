namespace OrleansSessions.SideBySide;

/// <summary>Something that is measured.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Unit">In what it is counted.</param>
/// <param name="Better">Which way is better.</param>
/// <param name="At">At what size, where it is measured at several.</param>
internal sealed record Metric(string Name, string Unit, Better Better, string? At = null)
{
    /// <summary>Whether it is part of another one, and nobody is ahead by it alone.</summary>
    public bool IsPart { get; init; }
}

/// <summary>Which way a figure is better.</summary>
internal enum Better
{
    /// <summary>More is better.</summary>
    Higher,

    /// <summary>Less is better.</summary>
    Lower,
}
