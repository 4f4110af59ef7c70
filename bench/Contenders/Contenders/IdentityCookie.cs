using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace OrleansSessions.Contenders;

/// <summary>ASP.NET Core Identity's cookie, which holds the security stamp of the account and is compared with it now and then.</summary>
/// <param name="validationInterval">How often: 30 minutes by default.</param>
/// <param name="areSessions">Whether its sign-ins are sessions of OrleansSessions, which make the comparison needless.</param>
internal sealed class IdentityCookie(TimeSpan validationInterval, bool areSessions = false) : SessionContender
{
    public override void AddServices(WebApplicationBuilder builder)
    {
        builder.Services.AddDbContextPool<AccountsDb>(options => options.UseNpgsql(builder.Configuration["postgres"]));
        var identity = builder.Services.AddIdentity<IdentityUser, IdentityRole>().AddEntityFrameworkStores<AccountsDb>();
        if (areSessions)
        {
            builder.AddOrleansSessionsClient();
            identity.AddOrleansSessions();
        }

        builder.Services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = validationInterval);
        builder.Services.ConfigureApplicationCookie(Renewal.OnRequest);
    }

    public override void Map(WebApplication app)
    {
        using (var scope = app.Services.CreateScope())
        {
            scope.ServiceProvider.GetRequiredService<AccountsDb>().CreateAsync().GetAwaiter().GetResult();
        }

        base.Map(app);
        if (areSessions)
        {
            app.MapForgetting();
        }
    }

    protected override ValueTask<string?> ReadUserAsync(HttpContext context) => new(context.User.Identity?.Name);

    // An account is made at its first sign-in, without a password: hashing is not what is measured.
    protected override async Task SignInAsync(HttpContext context, string user)
    {
        var accounts = context.RequestServices.GetRequiredService<UserManager<IdentityUser>>();
        var account = await accounts.FindByNameAsync(user);
        if (account is null)
        {
            account = new IdentityUser(user) { Email = $"{user}@example.org" };
            var result = await accounts.CreateAsync(account);
            if (!result.Succeeded)
            {
                throw new InvalidOperationException(result.ToString());
            }
        }

        await SignIns(context).SignInAsync(account, isPersistent: false);
    }

    // To take the cookie back alone would end nothing: a new stamp is what the documentation has for that.
    protected override async Task EndSessionAsync(HttpContext context)
    {
        var accounts = context.RequestServices.GetRequiredService<UserManager<IdentityUser>>();
        if (await accounts.GetUserAsync(context.User) is { } account)
        {
            await accounts.UpdateSecurityStampAsync(account);
        }

        await SignIns(context).SignOutAsync();
    }

    private static SignInManager<IdentityUser> SignIns(HttpContext context) =>
        context.RequestServices.GetRequiredService<SignInManager<IdentityUser>>();
}
