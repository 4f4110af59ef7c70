using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Says which of the application's schemes is meant where a caller names none.</summary>
internal sealed class SessionSchemes(
    IOptions<SessionSchemeNames> schemes, CookieSessionSchemes cookieSchemes, IOptions<AuthenticationOptions> authentication)
{
    private List<string> Names => schemes.Value.Names;

    /// <summary>The scheme that signs in: the named one, or else the application's default.</summary>
    /// <exception cref="InvalidOperationException">It is none of this library's, or there are several to choose from.</exception>
    public string ForSignIn(string? scheme) => Own(scheme ?? Default(Names, authentication.Value.DefaultSignInScheme));

    /// <summary>The scheme of a request's session: the named one, or else that of its user, or else the application's default.</summary>
    /// <exception cref="InvalidOperationException">It is none of this library's, or there are several to choose from.</exception>
    public string Of(HttpContext context, string? scheme)
    {
        scheme ??= context.SessionFeature().Scheme ?? Default([.. Names, .. cookieSchemes.Names], authentication.Value.DefaultAuthenticateScheme);
        return cookieSchemes.Contains(scheme) ? scheme : Own(scheme);
    }

    /// <summary>Like <see cref="Of"/>, for a session whose cookie is this library's own.</summary>
    /// <exception cref="InvalidOperationException">It is none of this library's, or there are several to choose from.</exception>
    public string OwnOf(HttpContext context, string? scheme) => Of(context, scheme) is var found && cookieSchemes.Contains(found)
        ? throw new InvalidOperationException(
            $"'{found}' is a scheme of cookie authentication: sign in and out by HttpContext.SignInAsync and SignOutAsync, which have its events.")
        : found;

    private string Default(List<string> names, string? preferred) =>
        names.Count == 1 ? names[0]
        : new[] { preferred, authentication.Value.DefaultScheme }.FirstOrDefault(name => name is not null && names.Contains(name, StringComparer.Ordinal))
            ?? throw new InvalidOperationException(
                $"Name one of the schemes '{string.Join("', '", names)}', or make one the default: AddAuthentication(scheme).");

    private string Own(string scheme) => Names.Contains(scheme, StringComparer.Ordinal)
        ? scheme
        : throw new InvalidOperationException(
            $"'{scheme}' is not a scheme of OrleansSessions; those are '{string.Join("', '", Names)}'. Add it by AddOrleansSessions(\"{scheme}\").");
}
