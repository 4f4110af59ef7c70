using System.ComponentModel.DataAnnotations;

namespace OrleansSessions.Grains;

/// <summary>How long sessions last, and how many a user may have.</summary>
public sealed class LoginSessionOptions : IValidatableObject
{
    /// <summary>The configuration section: <c>OrleansSessions:Sessions</c>, or environment variables that start with <c>OrleansSessions__Sessions__</c>.</summary>
    public const string Section = SettingsSections.Sessions;

    /// <summary>Sets both timeouts after NIST SP 800-63B-4. Default <see cref="AssuranceLevel.Aal2"/>.</summary>
    public AssuranceLevel AssuranceLevel { get; set; } = AssuranceLevel.Aal2;

    /// <summary>How long a session may go unused, in place of the level's figure.</summary>
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>How long a session lasts however much it is used, in place of the level's figure.</summary>
    public TimeSpan? AbsoluteTimeout { get; set; }

    /// <summary>The idle timeout of a session whose user asked to be remembered. Default 14 days.</summary>
    public TimeSpan RememberedIdleTimeout { get; set; } = TimeSpan.FromDays(14);

    /// <summary>The absolute timeout of a session whose user asked to be remembered. Default 30 days.</summary>
    public TimeSpan RememberedAbsoluteTimeout { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a session lasts that has never been used. Default 10 minutes.</summary>
    /// <remarks>A sign-in whose answer was lost on the way leaves a session that no browser holds.</remarks>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ErrorMessage = "OrleansSessions:Sessions:UnusedTimeout must lie between 1 minute and 30 days.")]
    public TimeSpan UnusedTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many live sessions one user may have. Default 100.</summary>
    [Range(1, 10_000, ErrorMessage = "OrleansSessions:Sessions:MaxPerUser must lie between 1 and 10,000.")]
    public int MaxPerUser { get; set; } = 100;

    /// <summary>What happens to a sign-in past <see cref="MaxPerUser"/>. Default <see cref="LimitPolicy.EvictOldest"/>.</summary>
    [EnumDataType(typeof(LimitPolicy), ErrorMessage = "OrleansSessions:Sessions:LimitPolicy must be EvictOldest or Reject.")]
    public LimitPolicy LimitPolicy { get; set; } = LimitPolicy.EvictOldest;

    /// <summary>How long the record of an ended session is kept, with its reason. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00", ErrorMessage = "OrleansSessions:Sessions:TombstoneRetention must lie between 10 minutes and 30 days.")]
    public TimeSpan TombstoneRetention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>For how long after a rotation the replaced secret is refused without alarm. Default 1 minute.</summary>
    /// <remarks>
    /// Requests under way with the old cookie are not a theft; the same secret much later is. A rotation that waits for leases
    /// takes up to a minute to give the browser its new cookie.
    /// </remarks>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "OrleansSessions:Sessions:ReuseGrace must lie between 0 and 10 minutes.")]
    public TimeSpan ReuseGrace { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>For how long a busy session stays in a silo's memory unused. Default 15 minutes.</summary>
    /// <remarks>Its next page then costs one read of the store less. It takes about 4 KB meanwhile. A lone visit leaves memory within a minute.</remarks>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = "OrleansSessions:Sessions:BusyStay must lie between 0 and 1 day.")]
    public TimeSpan BusyStay { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The timeouts of a new session.</summary>
    public SessionTimeouts TimeoutsFor(bool rememberMe)
    {
        var preset = SessionTimeouts.For(AssuranceLevel);
        var idle = rememberMe ? RememberedIdleTimeout : IdleTimeout ?? preset.Idle;
        var absolute = rememberMe ? RememberedAbsoluteTimeout : AbsoluteTimeout ?? preset.Absolute;
        return new SessionTimeouts(idle, absolute, UnusedTimeout < idle ? UnusedTimeout : idle ?? UnusedTimeout);
    }

    /// <summary>The longest absolute timeout of all.</summary>
    internal TimeSpan LongestAbsoluteTimeout =>
        TimeSpan.FromTicks(Math.Max(TimeoutsFor(false).Absolute.Ticks, TimeoutsFor(true).Absolute.Ticks));

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Enum.IsDefined(AssuranceLevel))
        {
            yield return new ValidationResult("OrleansSessions:Sessions:AssuranceLevel must be Aal1, Aal2 or Aal3.", [nameof(AssuranceLevel)]);
            yield break;
        }

        foreach (var (name, timeouts) in new[] { ("", TimeoutsFor(false)), ("Remembered", TimeoutsFor(true)) })
        {
            if (timeouts.Absolute <= TimeSpan.Zero || timeouts.Idle <= TimeSpan.Zero)
            {
                yield return new ValidationResult($"Sessions:{name}IdleTimeout and Sessions:{name}AbsoluteTimeout must be longer than zero.");
            }
            else if (timeouts.Idle > timeouts.Absolute)
            {
                yield return new ValidationResult(
                    $"Sessions:{name}IdleTimeout ({timeouts.Idle}) must not exceed Sessions:{name}AbsoluteTimeout ({timeouts.Absolute}).");
            }
        }
    }
}
