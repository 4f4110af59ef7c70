using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NSubstitute;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.Identity.Tests;

/// <summary>How an application may add Identity, and what is refused.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public void A_user_manager_that_is_derived_stays() =>
        Assert.IsType<Derived>(ManagerOf(static builder => builder.AddUserManager<Derived>().AddOrleansSessions()));

    [Fact]
    public void Without_one_of_the_applications_own_the_manager_is_ours() =>
        Assert.IsType<SessionUserManager<IdentityUser>>(ManagerOf(static builder => builder.AddOrleansSessions()));

    [Fact]
    public void A_user_manager_that_tells_nobody_is_refused()
    {
        var e = Assert.Throws<InvalidOperationException>(() => ManagerOf(static builder => builder.AddUserManager<Deaf>().AddOrleansSessions()));

        Assert.Contains("SessionUserManager<IdentityUser>", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_manager_that_tells_nobody_is_refused_at_the_start_where_it_came_later()
    {
        var services = Services(static builder => builder.AddOrleansSessions().AddUserManager<Deaf>());

        var e = Assert.ThrowsAny<Exception>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(nameof(Deaf), e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_factors_cookie_is_still_checked_and_the_sessions_asks_no_database()
    {
        var services = Services(static builder => builder.AddSignInManager().AddOrleansSessions()).CreateScope().ServiceProvider;

        Assert.IsType<TwoFactorSecurityStampValidator<IdentityUser>>(services.GetRequiredService<ITwoFactorSecurityStampValidator>());
        Assert.IsNotType<SecurityStampValidator<IdentityUser>>(services.GetRequiredService<ISecurityStampValidator>(), exactMatch: false);
    }

    [Theory]
    [InlineData("AddIdentity")]
    [InlineData("AddIdentityApiEndpoints")]
    [InlineData("AddIdentityCookies, as AddDefaultIdentity")]
    public async Task Of_Identitys_cookies_the_applications_alone_are_sessions(string way)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationManager());
        var builder = way switch
        {
            "AddIdentity" => services.AddIdentity<IdentityUser, IdentityRole>(),
            "AddIdentityApiEndpoints" => services.AddIdentityApiEndpoints<IdentityUser>(),
            _ => AddIdentityCore(services),
        };
        builder.AddOrleansSessions();
        var schemes = services.BuildServiceProvider().GetRequiredService<IAuthenticationSchemeProvider>();

        Assert.NotEqual(typeof(CookieAuthenticationHandler), (await schemes.GetSchemeAsync(IdentityConstants.ApplicationScheme))!.HandlerType);
        foreach (var other in new[] { IdentityConstants.ExternalScheme, IdentityConstants.TwoFactorUserIdScheme, IdentityConstants.TwoFactorRememberMeScheme })
        {
            Assert.Equal(typeof(CookieAuthenticationHandler), (await schemes.GetSchemeAsync(other))!.HandlerType);
        }
    }

    private static UserManager<IdentityUser> ManagerOf(Action<IdentityBuilder> add) =>
        Services(add).CreateScope().ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();

    private static ServiceProvider Services(Action<IdentityBuilder> add)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationManager());
        services.AddSingleton(Substitute.For<IClusterClient>());
        services.AddSingleton(Substitute.For<IUserStore<IdentityUser>>());
        add(AddIdentityCore(services));
        return services.BuildServiceProvider();
    }

    // As AddDefaultIdentity does it.
    private static IdentityBuilder AddIdentityCore(ServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        return services.AddIdentityCore<IdentityUser>();
    }

    private sealed class Derived(
        IUserStore<IdentityUser> store,
        IOptions<IdentityOptions> options,
        IPasswordHasher<IdentityUser> hasher,
        IEnumerable<IUserValidator<IdentityUser>> userValidators,
        IEnumerable<IPasswordValidator<IdentityUser>> passwordValidators,
        ILookupNormalizer normalizer,
        IdentityErrorDescriber errors,
        IServiceProvider services,
        ILogger<UserManager<IdentityUser>> logger)
        : SessionUserManager<IdentityUser>(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, logger);

    private sealed class Deaf(
        IUserStore<IdentityUser> store,
        IOptions<IdentityOptions> options,
        IPasswordHasher<IdentityUser> hasher,
        IEnumerable<IUserValidator<IdentityUser>> userValidators,
        IEnumerable<IPasswordValidator<IdentityUser>> passwordValidators,
        ILookupNormalizer normalizer,
        IdentityErrorDescriber errors,
        IServiceProvider services,
        ILogger<UserManager<IdentityUser>> logger)
        : UserManager<IdentityUser>(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, logger);
}
