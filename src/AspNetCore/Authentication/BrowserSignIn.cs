using System.Security.Claims;

namespace OrleansSessions.AspNetCore;

/// <summary>What a browser's session is started with.</summary>
/// <param name="Principal">The user; needs a <see cref="ClaimTypes.NameIdentifier"/> or <c>sub</c> claim, which becomes the subject.</param>
/// <param name="RememberMe">Whether the session outlives the browser, with the timeouts for that.</param>
/// <param name="SecurityStamp">The account's stamp when the credentials were checked, or null.</param>
public sealed record BrowserSignIn(ClaimsPrincipal Principal, bool RememberMe = false, string? SecurityStamp = null);
