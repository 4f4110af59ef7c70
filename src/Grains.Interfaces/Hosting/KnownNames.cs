using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace OrleansSessions.Grains.Interfaces;

/// <summary>Refuses names that mean nothing in a section, and settings that stand where they stood before they had a root.</summary>
/// <remarks>A setting whose name is misspelt, or of another version, would otherwise keep its default unnoticed.</remarks>
internal sealed class KnownNames<TSettings>(IConfiguration configuration, string section) : IValidateOptions<TSettings>
    where TSettings : class
{
    private static readonly string[] Names =
        [.. typeof(TSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static property => property.Name)];

    public ValidateOptionsResult Validate(string? name, TSettings options)
    {
        string[] failures = [.. Unknown(), .. Moved()];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Unknown() => configuration.GetSection(section).GetChildren()
        .Where(child => !IsKnown(child.Key))
        .Select(child => $"{child.Path} is no setting; those of {section} are {string.Join(", ", Names)}.");

    private bool IsKnown(string child) =>
        Names.Contains(child, StringComparer.OrdinalIgnoreCase) || (section == SettingsSections.Root && SettingsSections.IsSection(child));

    // Where the present name is set as well, the former one is somebody else's: a host application may have a section Web.
    private IEnumerable<string> Moved() =>
        from former in SettingsSections.Former.Where(pair => pair.Key == section).Select(static pair => pair.Value)
        from name in Names
        let before = ConfigurationPath.Combine(former, name)
        let now = ConfigurationPath.Combine(section, name)
        where configuration.GetSection(before).Exists() && !configuration.GetSection(now).Exists()
        select $"{before} is {now} now; set {SettingsSections.InEnvironment(now)}.";
}
