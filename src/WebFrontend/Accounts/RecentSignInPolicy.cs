using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>Lets through what only a user may do who has lately proved who they are (ASVS 7.5.1).</summary>
internal static class RecentSignInPolicy
{
    public const string Name = "recent sign-in";

    public static void AddRecentSignInPolicy(this WebApplicationBuilder builder) =>
        builder.Services.AddOptions<AuthorizationOptions>().Configure<IOptions<WebOptions>>(static (authorization, web) =>
            authorization.AddPolicy(Name, policy => policy.RequireRecentSignIn(web.Value.RecentSignIn)));
}
