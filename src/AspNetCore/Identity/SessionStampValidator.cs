using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace OrleansSessions.AspNetCore;

/// <summary>Asks no database: a session of an earlier stamp has ended.</summary>
internal sealed class SessionStampValidator : ISecurityStampValidator
{
    public Task ValidateAsync(CookieValidatePrincipalContext context) => Task.CompletedTask;
}
