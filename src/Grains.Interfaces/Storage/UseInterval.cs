namespace OrleansSessions;

/// <summary>How often the latest use of a session is stored, and for how long: rules that front ends and grains share.</summary>
/// <remarks>A use that is lost shortens the idle timeout by no more than the interval.</remarks>
internal static class UseInterval
{
    /// <summary>Whether a use is due to be stored so long after the stored one.</summary>
    public static bool IsOver(TimeSpan age, TimeSpan? idleTimeout) => age >= (idleTimeout ?? TimeSpan.FromDays(1)) / 20;

    /// <summary>For how long the note of a use may make a difference, and some more.</summary>
    /// <param name="usedAt">The moment of the use.</param>
    /// <param name="expiresAt">The session's absolute end.</param>
    /// <param name="idleTimeout">For how long it may go unused; null for ever.</param>
    public static TimeSpan NoteLifetime(DateTimeOffset usedAt, DateTimeOffset expiresAt, TimeSpan? idleTimeout)
    {
        var rest = expiresAt - usedAt;
        return (idleTimeout < rest ? idleTimeout.Value : rest) + Retention.Margin;
    }
}
