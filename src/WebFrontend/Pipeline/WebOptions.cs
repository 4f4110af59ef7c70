using System.ComponentModel.DataAnnotations;

namespace OrleansSessions.WebFrontend;

/// <summary>How a front end meets the world.</summary>
public sealed class WebOptions
{
    /// <summary>The configuration section: <c>OrleansSessions:Web</c>, or environment variables that start with <c>OrleansSessions__Web__</c>.</summary>
    public const string Section = SettingsSections.Web;

    /// <summary>The name by which pages and the API tell front ends apart. Default: machine name and port.</summary>
    public string? FrontEndName { get; set; }

    /// <summary>Whether anyone may open an account. Default true.</summary>
    public bool RegistrationEnabled { get; set; } = true;

    /// <summary>Addresses or CIDR ranges of the proxies whose <c>X-Forwarded-*</c> headers count. Default none.</summary>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>How many sign-ins of one source (an address, or an IPv6 /64) may fail in a window. Default 30.</summary>
    [Range(1, 1_000_000, ErrorMessage = "OrleansSessions:Web:FailedSignInsPerSource must lie between 1 and 1,000,000.")]
    public int FailedSignInsPerSource { get; set; } = 30;

    /// <summary>The window for failed sign-ins. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "OrleansSessions:Web:FailedSignInWindow must lie between 1 s and 1 day.")]
    public TimeSpan FailedSignInWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many accounts one source may try to open in a window. Default 20.</summary>
    [Range(1, 1_000_000, ErrorMessage = "OrleansSessions:Web:RegistrationsPerSource must lie between 1 and 1,000,000.")]
    public int RegistrationsPerSource { get; set; } = 20;

    /// <summary>The window for registrations. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "OrleansSessions:Web:RegistrationWindow must lie between 1 s and 1 day.")]
    public TimeSpan RegistrationWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long ago a user may have given the password to change it without giving it again. Default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00", ErrorMessage = "OrleansSessions:Web:RecentSignIn must lie between 10 s and 1 day.")]
    public TimeSpan RecentSignIn { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often an open list of sessions is compared with the user's sessions. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = "OrleansSessions:Web:LiveListPeriod must lie between 0.1 s and 60 s.")]
    public TimeSpan LiveListPeriod { get; set; } = TimeSpan.FromSeconds(2);
}
