using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansSessions.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes sessions of what ASP.NET Core Identity signs in.</summary>
public static class SessionIdentityBuilderExtensions
{
    /// <summary>
    /// Keeps Identity's sign-ins as sessions: <c>AddIdentity…().AddOrleansSessions()</c>, also after <c>AddDefaultIdentity</c> and
    /// <c>AddIdentityApiEndpoints</c>. A changed security stamp, role or claim reaches them at once.
    /// </summary>
    /// <remarks>Call it after <c>AddUserManager</c>, if the application has a manager of its own.</remarks>
    public static IdentityBuilder AddOrleansSessions(this IdentityBuilder builder, Action<CookieSessionsOptions>? configure = null)
    {
        var services = builder.Services;
        services.AddOptions<CookieSessionsOptions>(IdentityConstants.ApplicationScheme).Configure<IOptions<IdentityOptions>>(static (options, identity) =>
        {
            var claims = identity.Value.ClaimsIdentity;
            options.SubjectOf = principal => principal.FindFirst(claims.UserIdClaimType)?.Value;
            options.SecurityStampOf = principal =>
                options.SubjectOf(principal) is { } subject && principal.FindFirst(claims.SecurityStampClaimType) is { } stamp
                    ? StampHash.Of(subject, stamp.Value)
                    : null;
        });
        new AuthenticationBuilder(services).UseOrleansSessions(IdentityConstants.ApplicationScheme, configure);
        services.TryAddSingleton<IdentitySessions>();
        services.AddScoped<ISecurityStampValidator, SessionStampValidator>();
        services.TryAddScoped(typeof(IClaimsSource), typeof(IdentityClaimsSource<>).MakeGenericType(builder.UserType));
        services.AddScoped(typeof(IStampAuthority), typeof(IdentityStampAuthority<>).MakeGenericType(builder.UserType));
        AddUserManager(services, builder.UserType);
        return builder;
    }

    private static void AddUserManager(IServiceCollection services, Type user)
    {
        var service = typeof(UserManager<>).MakeGenericType(user);
        var manager = typeof(SessionUserManager<>).MakeGenericType(user);
        var present = services.LastOrDefault(descriptor => descriptor.ServiceType == service)?.ImplementationType ?? service;
        if (present == service)
        {
            services.AddScoped(service, manager);
        }
        else if (!manager.IsAssignableFrom(present))
        {
            throw new InvalidOperationException(
                $"{present.Name} would change users without their sessions: derive it from SessionUserManager<{user.Name}> in place of UserManager<{user.Name}>.");
        }

        services.AddSingleton<IValidateOptions<CookieSessionsOptions>>(new ValidateUserManager(services, service, manager));
        services.AddOptions<CookieSessionsOptions>(IdentityConstants.ApplicationScheme).ValidateOnStart();
    }
}
