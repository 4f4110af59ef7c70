namespace OrleansSessions;

/// <summary>How long the store keeps what it is given.</summary>
internal static class Retention
{
    /// <summary>How long a record or a note outlives what it is about, so that the store's collection never decides anything.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromHours(1);
}
