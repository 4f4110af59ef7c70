using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansSessions.AspNetCore;

/// <summary>Asks the application for a user's claims as they are now.</summary>
internal sealed class PresentClaims(IServiceScopeFactory scopes, SessionSubjects subjects)
{
    /// <summary>Makes the claims of a session's user.</summary>
    /// <returns>The user, without any identity where they may not be signed in any more; null where the application has no source of claims.</returns>
    /// <exception cref="InvalidOperationException">The source made the claims of another user.</exception>
    public async Task<ClaimsPrincipal?> MakeAsync(
        string scheme, SessionToken token, string subject, ClaimsPrincipal current, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<IClaimsSource>() is not { } source)
        {
            return null;
        }

        var principal = await source.GetClaimsAsync(subject, current, cancellationToken);
        return !principal.Identities.Any() || subjects.Of(scheme, principal, token) == subject
            ? principal
            : throw new InvalidOperationException($"The {nameof(IClaimsSource)} made the claims of another user.");
    }
}
