namespace OrleansSessions.Contenders;

/// <summary>What a process tells of itself.</summary>
internal sealed record ServerStats
{
    /// <summary>How many validations it has answered.</summary>
    public required long Requests { get; init; }

    /// <summary>Its managed heap.</summary>
    public required long HeapBytes { get; init; }

    /// <summary>All of its memory that is in use.</summary>
    public long WorkingSetBytes { get; init; }

    /// <summary>How long its just-in-time compiler has worked, in milliseconds.</summary>
    public double CompilerMilliseconds { get; init; }

    /// <summary>Messages sent to other servers on account of session changes.</summary>
    public long Messages { get; init; }

    /// <summary>The bytes of those messages.</summary>
    public long MessageBytes { get; init; }
}
