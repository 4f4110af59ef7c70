using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.AspNetCore;

/// <summary>The session that a token stands for, as it is to its holder.</summary>
/// <param name="Token">The token.</param>
/// <param name="Answer">What the validation said.</param>
/// <param name="Content">What the session holds, shared by all requests that the answer serves; null where it is not active under the scheme.</param>
internal sealed record CookieSession(SessionToken Token, ValidationAnswer Answer, AuthenticationTicket? Content)
{
    public SessionInfo Session => Answer.Session!;

    /// <summary>Nothing of the secret and the content.</summary>
    public override string ToString() => Token.ToString();
}
