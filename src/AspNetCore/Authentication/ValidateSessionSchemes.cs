using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Refuses two schemes that would write over each other's cookie.</summary>
/// <remarks>Case makes no difference: what reads cookies elsewhere in the application ignores it.</remarks>
internal sealed class ValidateSessionSchemes(IOptionsMonitor<SessionAuthenticationOptions> options) : IValidateOptions<SessionSchemeNames>
{
    public ValidateOptionsResult Validate(string? name, SessionSchemeNames schemes)
    {
        var failures = schemes.Names.Distinct(StringComparer.Ordinal)
            .GroupBy(scheme => options.Get(scheme).CookieName, StringComparer.OrdinalIgnoreCase)
            .Where(static sharing => sharing.Count() > 1)
            .Select(static sharing =>
                $"The schemes '{string.Join("', '", sharing)}' have one cookie, '{sharing.Key}': give each a "
                + $"{nameof(SessionAuthenticationOptions.CookieName)} of its own.")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
