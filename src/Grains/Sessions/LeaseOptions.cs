using System.ComponentModel.DataAnnotations;

namespace OrleansSessions.Grains;

/// <summary>The times of the lease protocol; docs/protocol.md says what each is good for.</summary>
public sealed class LeaseOptions : IValidatableObject
{
    /// <summary>The configuration section: <c>OrleansSessions:Leases</c>, or environment variables that start with <c>OrleansSessions__Leases__</c>.</summary>
    public const string Section = SettingsSections.Leases;

    /// <summary>Whether front ends may answer from memory at all. Default yes.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long a front end may answer from memory. Default 5 s: what a dead front end delays a revocation by.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00", ErrorMessage = "OrleansSessions:Leases:Duration must lie between 0.5 s and 60 s.")]
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For how long one claim allows an activation to grant leases. Default 30 s: what a dead silo delays a revocation by.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "OrleansSessions:Leases:OwnershipWindow must lie between 1 s and 5 minutes.")]
    public TimeSpan OwnershipWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>By how much the clock of Redis may get ahead of a silo's within one window. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30", ErrorMessage = "OrleansSessions:Leases:ClockTolerance must lie between 0.1 s and 30 s.")]
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OwnershipWindow < 2 * Duration)
        {
            yield return new ValidationResult(
                $"OrleansSessions:Leases:OwnershipWindow ({OwnershipWindow}) must be at least twice OrleansSessions:Leases:Duration ({Duration}): a window that one lease fills is claimed anew for each.");
        }

        if (OwnershipWindow + ClockTolerance > LongestWindow)
        {
            yield return new ValidationResult(
                $"OrleansSessions:Leases:OwnershipWindow and OrleansSessions:Leases:ClockTolerance together must not exceed {LongestWindow}: callers of a revocation wait no longer than that.");
        }
    }

    /// <summary>What no window and its tolerance exceed together, at any silo.</summary>
    internal static TimeSpan LongestWindow { get; } =
        TimeSpan.Parse(WireLimits.RevocationTimeout, System.Globalization.CultureInfo.InvariantCulture) - TimeSpan.FromSeconds(5);
}
