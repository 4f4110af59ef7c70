using System.Diagnostics;

namespace OrleansSessions.SideBySide;

/// <summary>A session that was signed out, and what became of it.</summary>
/// <param name="Confirmed">Whether the sign-out was answered with success.</param>
/// <param name="Sent">When it was sent.</param>
/// <param name="Answered">When it was answered.</param>
/// <param name="Accepted">Requests that were accepted afterwards and had been sent afterwards.</param>
/// <param name="IsOpen">Whether it was still accepted when the watch ended.</param>
/// <param name="IsNotDurable">Whether it was accepted long after everything worked again.</param>
internal sealed record Trial(
    bool Confirmed, long Sent, long Answered, IReadOnlyList<(long Sent, long Answered)> Accepted, bool IsOpen, bool IsNotDurable)
{
    /// <summary>Whether the sign-out was confirmed, and the session accepted nevertheless.</summary>
    public bool IsBroken => Confirmed && Accepted.Count > 0;

    /// <summary>How long the sign-out took, in milliseconds.</summary>
    public double Took => Stopwatch.GetElapsedTime(Sent, Answered).TotalMilliseconds;

    /// <summary>When the last acceptance was answered, in milliseconds after the sign-out's answer; 0 where there was none.</summary>
    public double Last => IsBroken ? Stopwatch.GetElapsedTime(Answered, Accepted.Max(accepted => accepted.Answered)).TotalMilliseconds : 0;
}
