using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace OrleansSessions;

/// <summary>Refuses settings that stand where they stood before they had a root, and says where they stand now.</summary>
/// <remarks>
/// Where the present name is set as well, the former one is somebody else's: a host application may have a section of that name.
/// </remarks>
internal sealed class FormerNames<TSettings>(IConfiguration configuration, string section) : IValidateOptions<TSettings>
    where TSettings : class
{
    public ValidateOptionsResult Validate(string? name, TSettings options)
    {
        if (!SettingsSections.Former.TryGetValue(section, out var former))
        {
            return ValidateOptionsResult.Skip;
        }

        var failures = typeof(TSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (Before: $"{former}:{property.Name}", Now: $"{section}:{property.Name}"))
            .Where(pair => configuration.GetSection(pair.Before).Exists() && !configuration.GetSection(pair.Now).Exists())
            .Select(static pair => $"{pair.Before} is {pair.Now} now; set {SettingsSections.InEnvironment(pair.Now)}.")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
