namespace OrleansSessions.WebFrontend;

/// <summary>Why a session ended, in words for the user whose browser still has its cookie.</summary>
internal static class EndNotice
{
    public static string? For(RevocationReason reason) => reason switch
    {
        RevocationReason.SignedOut => "You have signed out of this session.",
        RevocationReason.RevokedByUser => "You were signed out here from another of your sessions.",
        RevocationReason.RevokedByAdmin => "An administrator ended your session.",
        RevocationReason.LimitExceeded => "You signed in on more devices than is allowed, which ended your session here.",
        RevocationReason.PasswordChanged => "Your password was changed, which ended your session here. Sign in with the new one.",
        RevocationReason.IdleTimeout => "You were signed out because you had not been here for a while.",
        RevocationReason.AbsoluteTimeout => "Your session has reached its longest duration. Sign in again to go on.",
        RevocationReason.TokenReuse => "Your session was ended for your safety: someone used an old copy of its cookie.",
        RevocationReason.SecretReplaced => "Your sign-in was renewed, but your browser did not receive it. Sign in again.",
        _ => null,
    };
}
