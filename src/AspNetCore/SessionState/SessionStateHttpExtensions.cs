using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansSessions.AspNetCore;

namespace Microsoft.AspNetCore.Http;

/// <summary>What session state can do here beside what the stock one does.</summary>
public static class SessionStateHttpExtensions
{
    /// <summary>
    /// Stores the changes, unless one of the changed keys was changed by another request since this one loaded it. A counter, for
    /// one, then loses no step.
    /// </summary>
    /// <returns>False where it was: nothing is stored, the changes are forgotten, and the next access loads the state again.</returns>
    /// <exception cref="InvalidOperationException">The application has not called <c>AddOrleansSessionState</c>.</exception>
    public static Task<bool> TryCommitAsync(this ISession session, CancellationToken cancellationToken = default) =>
        Own(session).TryCommitAsync(cancellationToken);

    /// <summary>
    /// Binds the state of this browser to its session: from now on it is for that session's requests alone, and it ends with the
    /// session. Call it after <c>SignInAsync</c>, or in any later request.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="scheme">The session's authentication scheme; null for that of the request's user, or else the default.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The request has no session, and has not signed in.</exception>
    /// <exception cref="SessionStateRefusedException">The session is not active, or the state is bound to another one.</exception>
    public static Task BindSessionStateAsync(this HttpContext context, string? scheme = null, CancellationToken cancellationToken = default)
    {
        var services = context.RequestServices;
        scheme = services.GetRequiredService<SessionSchemes>().Of(context, scheme);
        var name = services.GetRequiredService<IOptionsMonitor<SessionAuthenticationOptions>>().Get(scheme).CookieName;
        var token = IssuedToken.Find(context.Response, name)
            ?? services.GetRequiredService<SessionCookieReader>().Read(context.Request, scheme)
            ?? throw new InvalidOperationException("The request has no session: sign in first, then bind its state.");
        return Own(context.Session).BindAsync(token, cancellationToken);
    }

    private static SessionState Own(ISession session) => session as SessionState
        ?? throw new InvalidOperationException("This session state is another one: call services.AddOrleansSessionState().");
}
