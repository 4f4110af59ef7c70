using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using OrleansSessions.AspNetCore;
using OrleansSessions.Testing;

namespace OrleansSessions.Identity.Tests;

/// <summary>An application with ASP.NET Core Identity on a database, by pages of its own and by Identity's API.</summary>
internal sealed class IdentitySite : IAsyncDisposable
{
    public const string Password = "Passw0rd!";

    private readonly WebApplication _application;

    private IdentitySite(WebApplication application) => _application = application;

    public bool IsClusterAway { get; set; }

    public QueryCounter Queries { get; } = new();

    public static async Task<IdentitySite> StartAsync(
        TestSilos silos,
        Action<DbContextOptionsBuilder> database,
        Action<IdentityOptions>? identity = null,
        bool leases = true,
        bool useSessions = true,
        Action<CookieSessionsOptions>? sessions = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([
            KeyValuePair.Create("OrleansSessions:Client:DirectReads", (string?)"false"),
            KeyValuePair.Create("OrleansSessions:Client:Leases", (string?)leases.ToString())]);
        IdentitySite? site = null;
        builder.Services.AddSingleton(Cluster(silos, () => site is { IsClusterAway: true }));
        builder.Services.AddSingleton<IDataProtectionProvider>(Keys);
        builder.Services.AddRoutingCore();
        builder.Services.AddAuthorization();
        builder.Services.AddDbContext<Users>(options =>
        {
            database(options);
            options.AddInterceptors(site!.Queries);
        });
        var users = builder.Services.AddIdentityApiEndpoints<IdentityUser>(identity ?? (static _ => { })).AddRoles<IdentityRole>().AddEntityFrameworkStores<Users>();
        if (useSessions)
        {
            users.AddOrleansSessions(sessions);
        }

        var application = builder.Build();
        site = new IdentitySite(application);
        application.UseRouting();
        application.UseAuthentication();
        application.UseAuthorization();
        application.MapIdentityApi<IdentityUser>();
        if (useSessions)
        {
            application.MapOrleansSessions();
        }

        MapPages(application);
        using (var scope = application.Services.CreateScope())
        {
            await scope.ServiceProvider.GetRequiredService<Users>().Database.EnsureCreatedAsync();
        }

        await application.StartAsync();
        return site;
    }

    /// <summary>A browser on a device of its own.</summary>
    public Browser NewBrowser() => new(new Uri(_application.Urls.First()));

    /// <summary>Registers a user, and signs in on a first device.</summary>
    public async Task<Browser> RegisterAsync(string email)
    {
        var browser = NewBrowser();
        (await browser.Client.PostAsJsonAsync("/register", new { email, password = Password })).EnsureSuccessStatusCode();
        await browser.SignInAsync(email);
        return browser;
    }

    public async Task<Browser> SignInAsync(string email)
    {
        var browser = NewBrowser();
        await browser.SignInAsync(email);
        return browser;
    }

    /// <summary>Changes a user from outside of any session, as an administrator's program does.</summary>
    public async Task<IdentityResult> ChangeAsync(string email, Func<UserManager<IdentityUser>, IdentityUser, Task<IdentityResult>> change)
    {
        await using var scope = _application.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
        return await change(users, (await users.FindByEmailAsync(email))!);
    }

    public async Task CreateRoleAsync(string role)
    {
        await using var scope = _application.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>().CreateAsync(new IdentityRole(role));
    }

    public async Task<string> IdOfAsync(string email)
    {
        await using var scope = _application.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>().FindByEmailAsync(email))!.Id;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static EphemeralDataProtectionProvider Keys { get; } = new();

    private static IClusterClient Cluster(TestSilos silos, Func<bool> isAway)
    {
        var client = Substitute.For<IClusterClient>();
        client.GetGrain(Arg.Any<GrainId>(), Arg.Any<GrainInterfaceType>()).Returns(call => isAway()
            ? throw new SessionsUnavailableException()
            : silos.Cluster.Client.GetGrain(call.Arg<GrainId>(), call.Arg<GrainInterfaceType>()));
        client.CreateObjectReference<ILeaseHolder>(Arg.Any<IGrainObserver>())
            .Returns(call => silos.Cluster.Client.CreateObjectReference<ILeaseHolder>(call.Arg<IGrainObserver>()));
        return client;
    }

    private static void MapPages(WebApplication application)
    {
        application.MapGet("/who", static (ClaimsPrincipal user) => user.Identity?.Name ?? "");
        application.MapGet("/auditors", static () => "").RequireAuthorization(static policy => policy.RequireRole("auditor"));
        application.MapGet("/claim", static (ClaimsPrincipal user, string type) => user.FindFirst(type)?.Value ?? "");
        application.MapGet("/protected", static () => "").RequireAuthorization();
        application.MapPost("/page/password", static async (HttpContext context, UserManager<IdentityUser> users, SignInManager<IdentityUser> signIn) =>
        {
            var user = (await users.GetUserAsync(context.User))!;
            var result = await users.ChangePasswordAsync(user, Password, "An0ther!");
            await signIn.RefreshSignInAsync(user);
            return result.Succeeded ? Results.Ok() : Results.BadRequest();
        });
        application.MapPost("/page/e-mail", static async (string email, HttpContext context, UserManager<IdentityUser> users, SignInManager<IdentityUser> signIn) =>
        {
            // As Identity's own page does: two changes of the stamp, and one refresh.
            var user = (await users.GetUserAsync(context.User))!;
            await users.ChangeEmailAsync(user, email, await users.GenerateChangeEmailTokenAsync(user, email));
            await users.SetUserNameAsync(user, email);
            await signIn.RefreshSignInAsync(user);
        });
        application.MapPost("/page/stamp", static async (HttpContext context, UserManager<IdentityUser> users) =>
            (await users.UpdateSecurityStampAsync((await users.GetUserAsync(context.User))!)).Succeeded);
        application.MapPost("/page/late-stamp", static async (HttpContext context, UserManager<IdentityUser> users, ISessionAdministration sessions) =>
        {
            var user = (await users.GetUserAsync(context.User))!;
            await context.Response.StartAsync();
            await users.UpdateSecurityStampAsync(user);
            await context.Response.WriteAsync($"{(await sessions.ListAsync(user.Id)).Length}");
        });
        application.MapPost("/page/sign-in", static async (string email, SignInManager<IdentityUser> signIn) =>
            (await signIn.PasswordSignInAsync(email, Password, isPersistent: true, lockoutOnFailure: true)).ToString());
        application.MapPost("/page/two-factor", static async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users) =>
        {
            var user = (await signIn.GetTwoFactorAuthenticationUserAsync())!;
            var code = await users.GenerateTwoFactorTokenAsync(user, TokenOptions.DefaultEmailProvider);
            return (await signIn.TwoFactorSignInAsync(TokenOptions.DefaultEmailProvider, code, isPersistent: true, rememberClient: false)).ToString();
        });
        application.MapPost("/page/external", static async (string key, SignInManager<IdentityUser> signIn) =>
            (await signIn.ExternalLoginSignInAsync("Elsewhere", key, isPersistent: false)).ToString());
        application.MapPost("/page/sign-out", static (SignInManager<IdentityUser> signIn) => signIn.SignOutAsync());
    }

    internal sealed class Users(DbContextOptions<Users> options) : IdentityDbContext<IdentityUser>(options);

    internal sealed class Browser : IDisposable
    {
        private readonly HttpClientHandler _handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };

        public Browser(Uri address)
        {
            Client = new HttpClient(_handler) { BaseAddress = address };
        }

        public HttpClient Client { get; }

        public string? Cookie => _handler.CookieContainer.GetAllCookies().SingleOrDefault(static cookie => cookie.Name == ".AspNetCore.Identity.Application")?.Value;

        public async Task SignInAsync(string email) =>
            (await Client.PostAsJsonAsync("/login?useSessionCookies=true", new { email, password = Password })).EnsureSuccessStatusCode();

        public Task<string> WhoAsync() => Client.GetStringAsync(new Uri("/who", UriKind.Relative));

        public async Task<HttpStatusCode> StatusAsync(string path) => (await Client.GetAsync(new Uri(path, UriKind.Relative))).StatusCode;

        public async Task<string> PostAsync(string path)
        {
            using var response = await Client.PostAsync(new Uri(path, UriKind.Relative), null);
            return await response.Content.ReadAsStringAsync();
        }

        public async Task<UserSession[]> SessionsAsync() => (await Client.GetFromJsonAsync<UserSession[]>("/manage/sessions"))!;

        public async Task<HttpStatusCode> DeleteAsync(string path) => (await Client.DeleteAsync(new Uri(path, UriKind.Relative))).StatusCode;

        /// <summary>Copies the cookies to another device, as a thief does.</summary>
        public Browser Copy() => CopyTo(new Browser(Client.BaseAddress!));

        /// <summary>Goes on with the same cookies at another application in the same place.</summary>
        public Browser CopyTo(IdentitySite site) => CopyTo(site.NewBrowser());

        private Browser CopyTo(Browser copy)
        {
            copy._handler.CookieContainer.Add(_handler.CookieContainer.GetAllCookies());
            return copy;
        }

        public void Dispose()
        {
            Client.Dispose();
            _handler.Dispose();
        }
    }
}
