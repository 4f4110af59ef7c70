using System.ComponentModel.DataAnnotations;

namespace OrleansSessions.AspNetCore;

/// <summary>How much an application keeps for one browser. How long, and under which cookie, is said by <c>SessionOptions</c>.</summary>
public sealed class SessionStateOptions
{
    /// <summary>How many bytes one value may take. Default 64 KiB.</summary>
    [Range(1, SessionDataLimits.MaxTotalBytes, ErrorMessage = "SessionStateOptions.MaxValueBytes must lie between 1 and 4 MiB.")]
    public int MaxValueBytes { get; set; } = 64 * 1024;

    /// <summary>How many bytes all entries may take together, with their keys and 53 bytes for each. Default 512 KiB.</summary>
    /// <remarks>Each commit stores them all, so a small session is a fast one.</remarks>
    [Range(1, SessionDataLimits.MaxTotalBytes, ErrorMessage = "SessionStateOptions.MaxTotalBytes must lie between 1 and 4 MiB.")]
    public int MaxTotalBytes { get; set; } = 512 * 1024;
}
