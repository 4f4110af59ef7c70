namespace OrleansSessions;

/// <summary>How often the latest use of a session is stored: a rule that front ends and grains share.</summary>
/// <remarks>A use that is lost shortens the idle timeout by no more than this.</remarks>
internal static class UseInterval
{
    /// <summary>Whether a use is due to be stored so long after the stored one.</summary>
    public static bool IsOver(TimeSpan age, TimeSpan? idleTimeout) => age >= (idleTimeout ?? TimeSpan.FromDays(1)) / 20;
}
