using Microsoft.AspNetCore.Authentication.Cookies;

namespace OrleansSessions.Contenders;

/// <summary>The renewal of a session that has passed half of its time, at once: a benchmark cannot wait for a week.</summary>
internal static class Renewal
{
    /// <summary>Where a visit renews the session.</summary>
    public const string Path = "/renew";

    /// <summary>Has cookie authentication renew at a visit there what it would renew anywhere, later.</summary>
    public static void OnRequest(CookieAuthenticationOptions options) => options.Events.OnCheckSlidingExpiration = check =>
    {
        check.ShouldRenew |= check.Request.Path == Path;
        return Task.CompletedTask;
    };
}
