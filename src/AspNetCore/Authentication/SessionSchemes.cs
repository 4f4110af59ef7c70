using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Says which of the application's schemes is meant where a caller names none.</summary>
internal sealed class SessionSchemes(IOptions<SessionSchemeNames> schemes, IOptions<AuthenticationOptions> authentication)
{
    private List<string> Names => schemes.Value.Names;

    /// <summary>The scheme that signs in: the named one, or else the application's default.</summary>
    /// <exception cref="InvalidOperationException">It is none of this library's, or there are several to choose from.</exception>
    public string ForSignIn(string? scheme) => Known(scheme ?? Default(authentication.Value.DefaultSignInScheme));

    /// <summary>The scheme of a request's session: the named one, or else that of its user, or else the application's default.</summary>
    /// <exception cref="InvalidOperationException">It is none of this library's, or there are several to choose from.</exception>
    public string Of(HttpContext context, string? scheme) =>
        Known(scheme ?? context.SessionFeature().Scheme ?? Default(authentication.Value.DefaultAuthenticateScheme));

    private string Default(string? preferred) =>
        Names.Count == 1 ? Names[0]
        : new[] { preferred, authentication.Value.DefaultScheme }.FirstOrDefault(name => name is not null && Names.Contains(name, StringComparer.Ordinal))
            ?? throw new InvalidOperationException(
                $"Name one of the schemes '{string.Join("', '", Names)}', or make one the default: AddAuthentication(scheme).");

    private string Known(string scheme) => Names.Contains(scheme, StringComparer.Ordinal)
        ? scheme
        : throw new InvalidOperationException(
            $"'{scheme}' is not a scheme of OrleansSessions; those are '{string.Join("', '", Names)}'. Add it by AddOrleansSessions(\"{scheme}\").");
}
