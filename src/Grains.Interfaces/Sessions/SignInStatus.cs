namespace OrleansSessions;

/// <summary>Whether a session was admitted.</summary>
[GenerateSerializer, Alias("OrleansSessions.SignInStatus")]
public enum SignInStatus
{
    /// <summary>The session ID has been used before: make a new token.</summary>
    AlreadyUsed = 0,

    /// <summary>Stored, and in the user's index.</summary>
    SignedIn = 1,

    /// <summary>The user has as many sessions as the policy allows, and the policy rejects.</summary>
    LimitReached = 2,

    /// <summary>The credentials were changed after they had been checked for this sign-in.</summary>
    CredentialsChanged = 3,
}
