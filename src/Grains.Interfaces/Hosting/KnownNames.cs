using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace OrleansSessions;

/// <summary>Refuses names that mean nothing in a section, at any depth.</summary>
/// <remarks>A setting whose name is misspelt, or of another version, would otherwise keep its default unnoticed.</remarks>
internal sealed class KnownNames<TSettings>(IConfiguration configuration, string section) : IValidateOptions<TSettings>
    where TSettings : class
{
    private static readonly Dictionary<string, PropertyInfo> Properties = typeof(TSettings)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .ToDictionary(static property => property.Name, StringComparer.OrdinalIgnoreCase);

    public ValidateOptionsResult Validate(string? name, TSettings options)
    {
        var own = configuration.GetSection(section);
        string[] failures = [.. ValueOf(own), .. own.GetChildren().SelectMany(Check)];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Check(IConfigurationSection child)
    {
        if (section == SettingsSections.Root && SettingsSections.IsSection(child.Key))
        {
            return ValueOf(child);
        }

        if (!Properties.TryGetValue(child.Key, out var property))
        {
            return [$"{child.Path} is not a setting; those of {section} are {string.Join(", ", Properties.Keys)}."];
        }

        return SettingsLists.IsList(property)
            ? child.GetChildren().Where(static item => !IsItem(item)).Select(static item => $"{item.Path} is not a setting; number the values of a list from 0.")
            : child.GetChildren().Select(item => $"{item.Path} is not a setting; {child.Path} has one value.");
    }

    private static IEnumerable<string> ValueOf(IConfigurationSection section) => string.IsNullOrEmpty(section.Value)
        ? []
        : [$"{section.Path} is a section and has no value; set {section.Path}:NAME."];

    private static bool IsItem(IConfigurationSection item) =>
        int.TryParse(item.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _) && !item.GetChildren().Any();
}
