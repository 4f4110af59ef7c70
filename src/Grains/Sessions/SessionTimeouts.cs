namespace OrleansSessions.Grains;

/// <summary>How long a session lasts.</summary>
/// <param name="Idle">How long it may go unused; null for no such limit.</param>
/// <param name="Absolute">How long it lasts however much it is used.</param>
public sealed record SessionTimeouts(TimeSpan? Idle, TimeSpan Absolute)
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

/// <summary>An authenticator assurance level of NIST SP 800-63B-4: how sure one must be of who is signed in.</summary>
public enum AssuranceLevel
{
    /// <summary>30 days, no idle timeout.</summary>
    Aal1 = 1,

    /// <summary>24 hours, 1 hour idle.</summary>
    Aal2 = 2,

    /// <summary>12 hours, 15 minutes idle.</summary>
    Aal3 = 3,
}
