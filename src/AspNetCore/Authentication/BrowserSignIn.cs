using System.Security.Claims;

namespace OrleansSessions.AspNetCore;

/// <summary>What a browser's session is started with.</summary>
/// <param name="Principal">The user; by default its <see cref="ClaimTypes.NameIdentifier"/> or <c>sub</c> claim becomes the subject, and alone
/// identifies the user (<see cref="SessionAuthenticationOptions.SubjectOf"/>).</param>
/// <param name="RememberMe">Whether the session outlives the browser, with the timeouts for that.</param>
/// <param name="SecurityStamp">The account's stamp when the credentials were checked, or null.</param>
public sealed record BrowserSignIn(ClaimsPrincipal Principal, bool RememberMe = false, string? SecurityStamp = null);
