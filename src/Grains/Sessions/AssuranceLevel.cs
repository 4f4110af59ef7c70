namespace OrleansSessions.Grains;

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
