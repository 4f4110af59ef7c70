namespace OrleansSessions.WebFrontend;

/// <summary>How a sign-in went.</summary>
internal enum SignInVerdict
{
    /// <summary>Signed in; the browser has its cookie.</summary>
    SignedIn,

    /// <summary>Not that user name with that password, for whatever reason.</summary>
    WrongCredentials,

    /// <summary>Too many failures from this source.</summary>
    Throttled,

    /// <summary>The browser would forget its session at once.</summary>
    PlainTransport,

    /// <summary>The user has as many sessions as the policy allows.</summary>
    LimitReached,
}

/// <summary>The outcome of a sign-in.</summary>
/// <param name="Verdict">How it went.</param>
/// <param name="Session">The session, where the user is signed in.</param>
/// <param name="UserName">The user's name as its owner writes it, where signed in.</param>
/// <param name="RetryAfter">How long to wait, where throttled.</param>
internal sealed record SignInOutcome(
    SignInVerdict Verdict, SessionInfo? Session = null, string UserName = "", TimeSpan RetryAfter = default);
