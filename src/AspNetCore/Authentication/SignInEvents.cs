using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Tells the application of a sign-in under one of its schemes, whichever way the sign-in is made.</summary>
internal sealed class SignInEvents(IAuthenticationSchemeProvider schemes, IOptionsMonitor<SessionAuthenticationOptions> options)
{
    /// <summary>Has the application look at a sign-in, and change it.</summary>
    /// <returns>What to sign in with, and whom to tell of the outcome.</returns>
    public async Task<(SessionSigningInContext SignIn, SessionAuthenticationEvents Events)> RaiseSigningInAsync(
        HttpContext context, string scheme, BrowserSignIn signIn)
    {
        var properties = signIn.Properties ?? new AuthenticationProperties();
        properties.IsPersistent |= signIn.RememberMe;
        var signingIn = new SessionSigningInContext(
            context,
            await schemes.GetSchemeAsync(scheme) ?? throw new InvalidOperationException($"There is no authentication scheme '{scheme}'."),
            options.Get(scheme),
            signIn.Principal,
            properties);
        var events = EventsOf(context, signingIn.Options);
        await events.SigningIn(signingIn);
        return (signingIn, events);
    }

    private static SessionAuthenticationEvents EventsOf(HttpContext context, SessionAuthenticationOptions options) => options.EventsType is { } type
        ? (SessionAuthenticationEvents)context.RequestServices.GetRequiredService(type)
        : options.Events ?? new SessionAuthenticationEvents();
}
