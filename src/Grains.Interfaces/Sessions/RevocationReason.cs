namespace OrleansSessions;

/// <summary>Why a session ended. Kept with the session until the store forgets it.</summary>
[GenerateSerializer, Alias("OrleansSessions.RevocationReason")]
public enum RevocationReason
{
    /// <summary>It has not ended.</summary>
    None = 0,

    /// <summary>The browser signed out.</summary>
    SignedOut = 1,

    /// <summary>The user ended it from another session.</summary>
    RevokedByUser = 2,

    /// <summary>An administrator ended it.</summary>
    RevokedByAdmin = 3,

    /// <summary>A newer session of the same user took its place.</summary>
    LimitExceeded = 4,

    /// <summary>The user's password was changed.</summary>
    PasswordChanged = 5,

    /// <summary>Not used for longer than its idle timeout.</summary>
    IdleTimeout = 6,

    /// <summary>Its absolute timeout was reached.</summary>
    AbsoluteTimeout = 7,

    /// <summary>A secret that had been replaced was presented again, well after its replacement: a sign of theft.</summary>
    TokenReuse = 8,

    /// <summary>The browser signed in again, which gave it another session.</summary>
    Superseded = 9,

    /// <summary>Its sign-in never completed.</summary>
    Abandoned = 10,

    /// <summary>
    /// The session goes on, and the presented secret does not: it was replaced a moment ago, and the browser has not received
    /// the new one. No session ends for this reason; a validation answers it.
    /// </summary>
    SecretReplaced = 11,
}
