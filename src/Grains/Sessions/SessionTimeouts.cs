namespace OrleansSessions.Grains;

/// <summary>How long a session lasts.</summary>
/// <param name="Idle">How long it may go unused; null for no such limit.</param>
/// <param name="Absolute">How long it lasts however much it is used.</param>
/// <param name="Unused">How long it may wait for its first use; null for as long as for any other.</param>
public sealed record SessionTimeouts(TimeSpan? Idle, TimeSpan Absolute, TimeSpan? Unused = null)
{
    /// <summary>The timeouts that NIST SP 800-63B-4 asks of an assurance level (sections 2.1.3, 2.2.3 and 2.3.3).</summary>
    public static SessionTimeouts For(AssuranceLevel level) => level switch
    {
        AssuranceLevel.Aal1 => new(null, TimeSpan.FromDays(30)),
        AssuranceLevel.Aal2 => new(TimeSpan.FromHours(1), TimeSpan.FromHours(24)),
        AssuranceLevel.Aal3 => new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(12)),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Choose Aal1, Aal2 or Aal3."),
    };
}
