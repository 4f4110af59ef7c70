using System.Security.Claims;

namespace OrleansSessions.Contenders;

/// <summary>The users of all contenders: the same claims for each.</summary>
internal static class Users
{
    /// <summary>A user as an application would describe one.</summary>
    public static ClaimsPrincipal Named(string name) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, name),
            new Claim(ClaimTypes.Name, name),
            new Claim(ClaimTypes.Email, $"{name}@example.org"),
            new Claim(ClaimTypes.Role, "reader"),
        ],
        authenticationType: "password"));
}
