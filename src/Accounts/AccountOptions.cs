using System.ComponentModel.DataAnnotations;

namespace OrleansSessions.Accounts;

/// <summary>How often a password may be guessed.</summary>
public sealed class AccountOptions : IValidatableObject
{
    /// <summary>The configuration section: <c>OrleansSessions:Accounts</c>, or environment variables that start with <c>OrleansSessions__Accounts__</c>.</summary>
    public const string Section = SettingsSections.Accounts;

    /// <summary>How many attempts may fail before there is a wait. Default 5.</summary>
    [Range(1, 100, ErrorMessage = "OrleansSessions:Accounts:FreeAttempts must lie between 1 and 100.")]
    public int FreeAttempts { get; set; } = 5;

    /// <summary>The first wait; each further failure doubles it. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "OrleansSessions:Accounts:FirstWait must lie between 1 s and 1 hour.")]
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "OrleansSessions:Accounts:LongestWait must lie between 1 s and 1 day.")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long after the last wait the count starts again. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ErrorMessage = "OrleansSessions:Accounts:ForgetAttemptsAfter must lie between 1 minute and 30 days.")]
    public TimeSpan ForgetAttemptsAfter { get; set; } = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FirstWait > LongestWait)
        {
            yield return new ValidationResult($"OrleansSessions:Accounts:FirstWait ({FirstWait}) must not exceed OrleansSessions:Accounts:LongestWait ({LongestWait}).");
        }
    }
}
