using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OrleansSessions.AspNetCore;
using OrleansSessions.Testing;

namespace OrleansSessions.Identity.Tests;

/// <summary>What holds on every database: each scenario starts an application, with users of its own.</summary>
internal sealed class IdentityScenarios(TestSilos silos, Action<DbContextOptionsBuilder> database)
{
    /// <summary>The ways to change a user's security stamp.</summary>
    public static IReadOnlyDictionary<string, Func<UserManager<IdentityUser>, IdentityUser, Task<IdentityResult>>> StampChanges { get; } =
        new Dictionary<string, Func<UserManager<IdentityUser>, IdentityUser, Task<IdentityResult>>>
        {
            ["stamp"] = static (users, user) => users.UpdateSecurityStampAsync(user),
            ["password"] = static (users, user) => users.ChangePasswordAsync(user, IdentitySite.Password, "An0ther!"),
            ["password reset"] = static async (users, user) => await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), "An0ther!"),
            ["password removed"] = static (users, user) => users.RemovePasswordAsync(user),
            ["e-mail"] = static (users, user) => users.SetEmailAsync(user, "new-" + user.Email),
            ["e-mail confirmed"] = static async (users, user) =>
                await users.ChangeEmailAsync(user, "newer-" + user.Email, await users.GenerateChangeEmailTokenAsync(user, "newer-" + user.Email)),
            ["phone"] = static (users, user) => users.SetPhoneNumberAsync(user, "1"),
            ["phone confirmed"] = static async (users, user) => await users.ChangePhoneNumberAsync(user, "2", await users.GenerateChangePhoneNumberTokenAsync(user, "2")),
            ["user name"] = static (users, user) => users.SetUserNameAsync(user, "new-" + user.UserName),
            ["two-factor"] = static (users, user) => users.SetTwoFactorEnabledAsync(user, true),
            ["authenticator"] = static (users, user) => users.ResetAuthenticatorKeyAsync(user),
            ["login removed"] = static (users, user) => users.RemoveLoginAsync(user, "Elsewhere", "none"),
            ["by hand"] = static (users, user) =>
            {
                user.SecurityStamp = "CHANGED BY HAND";
                return users.UpdateAsync(user);
            },
            ["locked"] = static (users, user) => users.SetLockoutEndDateAsync(user, DateTimeOffset.MaxValue),
            ["deleted"] = static (users, user) => users.DeleteAsync(user),
        };

    public async Task SignInListAndEndAsync()
    {
        await using var site = await StartAsync();
        var email = SomeUser();
        using var laptop = await site.RegisterAsync(email);
        using var phone = await site.SignInAsync(email);
        using var tablet = await site.SignInAsync(email);

        var sessions = await laptop.SessionsAsync();
        Assert.Equal(3, sessions.Length);
        var phones = Assert.Single(await phone.SessionsAsync(), static session => session.IsCurrent);

        Assert.Equal(HttpStatusCode.NoContent, await laptop.DeleteAsync("/manage/sessions/" + phones.Id));
        Assert.Equal(HttpStatusCode.NotFound, await laptop.DeleteAsync("/manage/sessions/" + phones.Id));
        Assert.Equal(("", email), (await phone.WhoAsync(), await tablet.WhoAsync()));

        Assert.Equal(HttpStatusCode.BadRequest, await laptop.DeleteAsync("/manage/sessions"));
        Assert.Equal(HttpStatusCode.NoContent, await laptop.DeleteAsync("/manage/sessions?scope=others"));
        Assert.Equal(("", email), (await tablet.WhoAsync(), await laptop.WhoAsync()));

        using var thief = laptop.Copy();
        await laptop.PostAsync("/page/sign-out");
        Assert.Equal(("", ""), (await laptop.WhoAsync(), await thief.WhoAsync()));
        Assert.Equal(HttpStatusCode.Unauthorized, await laptop.StatusAsync("/manage/sessions"));
    }

    /// <summary>A changed stamp reaches a session that a lease covers with the next request.</summary>
    public async Task StampChangeEndsSessionsAsync(string change)
    {
        await using var site = await StartAsync();
        var email = SomeUser();
        using var laptop = await site.RegisterAsync(email);
        using var phone = await site.SignInAsync(email);
        foreach (var browser in new[] { laptop, phone, laptop, phone })
        {
            Assert.Equal(email, await browser.WhoAsync());
        }

        Assert.True((await site.ChangeAsync(email, StampChanges[change])).Succeeded);

        Assert.Equal(("", ""), (await laptop.WhoAsync(), await phone.WhoAsync()));
    }

    public async Task PasswordPageAsync()
    {
        await using var site = await StartAsync();
        var email = SomeUser();
        using var laptop = await site.RegisterAsync(email);
        using var phone = await site.SignInAsync(email);
        using var thief = laptop.Copy();
        var before = Assert.Single(await laptop.SessionsAsync(), static session => session.IsCurrent).Id;

        await laptop.PostAsync("/page/password");

        Assert.Equal((email, "", ""), (await laptop.WhoAsync(), await phone.WhoAsync(), await thief.WhoAsync()));
        var session = Assert.Single(await laptop.SessionsAsync());
        Assert.Equal((before, true), (session.Id, session.IsCurrent));
    }

    public async Task EmailPageAsync()
    {
        await using var site = await StartAsync();
        using var laptop = await site.RegisterAsync(SomeUser());
        var (id, email) = (Assert.Single(await laptop.SessionsAsync()).Id, SomeUser());

        await laptop.PostAsync("/page/e-mail?email=" + email);

        Assert.Equal(email, await laptop.WhoAsync());
        Assert.Equal(id, Assert.Single(await laptop.SessionsAsync()).Id);
    }

    public async Task UnrefreshedAsync()
    {
        await using var site = await StartAsync();
        using var laptop = await site.RegisterAsync(SomeUser());

        Assert.Equal("true", await laptop.PostAsync("/page/stamp"));

        Assert.Equal("", await laptop.WhoAsync());
    }

    public async Task TooLateToRefreshAsync()
    {
        await using var site = await StartAsync();
        using var laptop = await site.RegisterAsync(SomeUser());

        Assert.Equal("0", await laptop.PostAsync("/page/late-stamp"));

        Assert.Equal("", await laptop.WhoAsync());
    }

    public async Task SecretsAsync()
    {
        await using var site = await StartAsync();
        var email = SomeUser();
        using var laptop = await site.RegisterAsync(email);
        var stamp = "";
        await site.ChangeAsync(email, async (users, user) =>
        {
            var result = await users.UpdateSecurityStampAsync(user);
            stamp = await users.GetSecurityStampAsync(user);
            return result;
        });

        var index = silos.Store.TextOf(silos.User(await site.IdOfAsync(email)).GetGrainId());
        Assert.Contains("\"stamp\"", index, StringComparison.Ordinal);
        Assert.DoesNotContain(stamp, index, StringComparison.Ordinal);
    }

    public async Task RolesAsync()
    {
        await using var site = await StartAsync();
        var email = SomeUser();
        using var browser = await site.RegisterAsync(email);
        await site.CreateRoleAsync("auditor");
        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync("/auditors"));
        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync("/auditors"));

        await site.ChangeAsync(email, static (users, user) => users.AddToRoleAsync(user, "auditor"));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/auditors"));

        await site.ChangeAsync(email, static (users, user) => users.RemoveFromRoleAsync(user, "auditor"));
        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync("/auditors"));

        await site.ChangeAsync(email, static (users, user) => users.AddClaimAsync(user, new Claim("department", "7")));
        Assert.Equal("7", await browser.Client.GetStringAsync(new Uri("/claim?type=department", UriKind.Relative)));
    }

    public async Task NoQueryPerRequestAsync()
    {
        await using var site = await StartAsync();
        var email = SomeUser();
        using var browser = await site.RegisterAsync(email);
        var before = site.Queries.Count;

        for (var requests = 0; requests < 10; requests++)
        {
            Assert.Equal(email, await browser.WhoAsync());
        }

        Assert.Equal(before, site.Queries.Count);
    }

    public async Task TwoFactorAsync()
    {
        await using var site = await StartAsync();
        var email = SomeUser();
        using var laptop = await site.RegisterAsync(email);
        await site.ChangeAsync(email, static async (users, user) =>
        {
            await users.ConfirmEmailAsync(user, await users.GenerateEmailConfirmationTokenAsync(user));
            return await users.SetTwoFactorEnabledAsync(user, true);
        });
        Assert.Equal("", await laptop.WhoAsync());

        Assert.Equal("RequiresTwoFactor", await laptop.PostAsync("/page/sign-in?email=" + email));
        Assert.Equal("", await laptop.WhoAsync());
        Assert.Equal("Succeeded", await laptop.PostAsync("/page/two-factor"));

        Assert.Equal(email, await laptop.WhoAsync());
        Assert.Equal("mfa", await laptop.Client.GetStringAsync(new Uri("/claim?type=amr", UriKind.Relative)));
        await site.ChangeAsync(email, static (users, user) => users.AddClaimAsync(user, new Claim("department", "7")));
        Assert.Equal("mfa", await laptop.Client.GetStringAsync(new Uri("/claim?type=amr", UriKind.Relative)));
        Assert.Single(await laptop.SessionsAsync());
    }

    public async Task ExternalLoginAsync()
    {
        await using var site = await StartAsync();
        var email = SomeUser();
        using var laptop = await site.RegisterAsync(email);
        await site.ChangeAsync(email, (users, user) => users.AddLoginAsync(user, new UserLoginInfo("Elsewhere", email, null)));

        using var phone = site.NewBrowser();
        Assert.Equal("Succeeded", await phone.PostAsync("/page/external?key=" + email));

        Assert.Equal((email, email), (await phone.WhoAsync(), await laptop.WhoAsync()));
        Assert.Equal(2, (await phone.SessionsAsync()).Length);
    }

    public async Task StrangersEndNothingAsync()
    {
        await using var site = await StartAsync(static identity => identity.Lockout.MaxFailedAccessAttempts = 2);
        var email = SomeUser();
        using var laptop = await site.RegisterAsync(email);
        using var stranger = site.NewBrowser();
        for (var attempts = 0; attempts < 4; attempts++)
        {
            var response = await stranger.Client.PostAsJsonAsync("/login?useSessionCookies=true", new { email, password = "Wr0ng!" });
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        Assert.Equal(email, await laptop.WhoAsync());
    }

    public async Task OutageAsync()
    {
        await using var site = await StartAsync(leases: false);
        var email = SomeUser();
        using var laptop = await site.RegisterAsync(email);

        site.IsClusterAway = true;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (
            await laptop.StatusAsync("/protected"), await laptop.StatusAsync("/manage/sessions"), await laptop.StatusAsync("/who")));
        Assert.NotNull(laptop.Cookie);

        // The database has the change, and the sessions hear of it once the cluster is back.
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => site.ChangeAsync(email, StampChanges["stamp"]));
        site.IsClusterAway = false;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await laptop.StatusAsync("/protected") != HttpStatusCode.Unauthorized)
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        using var phone = await site.SignInAsync(email);
        Assert.Single(await phone.SessionsAsync());
    }

    /// <summary>A stamp of which the cluster never heard comes with the next sign-in.</summary>
    public async Task LostChangeAsync()
    {
        var email = SomeUser();
        await using var deaf = await IdentitySite.StartAsync(silos, database, useSessions: false);
        await using var site = await StartAsync();
        using var laptop = await site.RegisterAsync(email);
        await site.ChangeAsync(email, StampChanges["stamp"]);
        using var phone = await site.SignInAsync(email);
        await deaf.ChangeAsync(email, StampChanges["stamp"]);
        Assert.Equal(email, await phone.WhoAsync());

        using var tablet = await site.SignInAsync(email);

        Assert.Equal((email, "", ""), (await tablet.WhoAsync(), await phone.WhoAsync(), await laptop.WhoAsync()));
    }

    public async Task CarriedOverAsync()
    {
        var email = SomeUser();
        await using var before = await IdentitySite.StartAsync(silos, database, useSessions: false);
        using var browser = await before.RegisterAsync(email);
        using var outdated = await before.SignInAsync(email);
        await using var after = await IdentitySite.StartAsync(silos, database, sessions: static o => o.CarriesOverUntil = DateTimeOffset.MaxValue);

        using var carried = browser.CopyTo(after);
        Assert.Equal(email, await carried.WhoAsync());
        Assert.Single(await carried.SessionsAsync());

        // A cookie with the stamp of before is worth nothing any more.
        await after.ChangeAsync(email, StampChanges["stamp"]);
        using var refused = outdated.CopyTo(after);
        Assert.Equal("", await refused.WhoAsync());
    }

    private static string SomeUser() => $"{Guid.NewGuid():N}@example.test";

    private Task<IdentitySite> StartAsync(Action<IdentityOptions>? identity = null, bool leases = true) =>
        IdentitySite.StartAsync(silos, database, identity, leases);
}
