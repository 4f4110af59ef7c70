namespace OrleansSessions.AspNetCore;

/// <summary>The session cookie of a request.</summary>
/// <param name="Token">The session's token.</param>
/// <param name="IssuedAt">When the cookie was issued; null where that was left open.</param>
/// <param name="ExpiresAt">Until when it is good; null for as long as the session.</param>
internal sealed record PresentedCookie(SessionToken Token, DateTimeOffset? IssuedAt, DateTimeOffset? ExpiresAt);
