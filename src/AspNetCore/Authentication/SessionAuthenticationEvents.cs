using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.AspNetCore;

/// <summary>What an application does at the turns of a session: by a function for each, or by overriding a method.</summary>
/// <remarks>An exception of an event reaches the caller. One of a sign-in's events takes the new session back.</remarks>
public class SessionAuthenticationEvents
{
    /// <summary>Called before a session is started.</summary>
    public Func<SessionSigningInContext, Task> OnSigningIn { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Called once a session is stored and its cookie is on the response; the session that the browser held before has ended.</summary>
    public Func<SessionSignedInContext, Task> OnSignedIn { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Called where a user must sign in. Default: a redirect to the sign-in page; 401 for an API or a request that is not a GET.</summary>
    public Func<RedirectContext<SessionAuthenticationOptions>, Task> OnRedirectToLogin { get; set; } = SessionRedirects.ToLoginAsync;

    /// <summary>
    /// Called where a user may not do what they ask for. Default: a redirect to <see cref="SessionAuthenticationOptions.AccessDeniedPath"/>;
    /// 403 where there is none, and for an API.
    /// </summary>
    public Func<RedirectContext<SessionAuthenticationOptions>, Task> OnRedirectToAccessDenied { get; set; } = SessionRedirects.ToAccessDeniedAsync;

    /// <summary>
    /// Called when a request presents a session that has ended, once for each such request, for as long as the cluster remembers the
    /// end. <see cref="ISessionWatcher"/> tells of an end at the moment it happens.
    /// </summary>
    /// <remarks>Not called for a session that this very request signs out, nor where only the secret was replaced.</remarks>
    public Func<SessionEndedContext, Task> OnSessionEnded { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Called before a session is started.</summary>
    public virtual Task SigningIn(SessionSigningInContext context) => OnSigningIn(context);

    /// <summary>Called once a session is stored and its cookie is on the response.</summary>
    public virtual Task SignedIn(SessionSignedInContext context) => OnSignedIn(context);

    /// <summary>Called where a user must sign in.</summary>
    public virtual Task RedirectToLogin(RedirectContext<SessionAuthenticationOptions> context) => OnRedirectToLogin(context);

    /// <summary>Called where a user may not do what they ask for.</summary>
    public virtual Task RedirectToAccessDenied(RedirectContext<SessionAuthenticationOptions> context) => OnRedirectToAccessDenied(context);

    /// <summary>Called when a request presents a session that has ended.</summary>
    public virtual Task SessionEnded(SessionEndedContext context) => OnSessionEnded(context);
}
