using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace OrleansSessions;

/// <summary>Lists among settings: <c>NAME=a</c>, <c>NAME=a,b</c>, and <c>NAME:0=a</c> with <c>NAME:1=b</c> all mean what they say.</summary>
/// <remarks>The binder takes numbered values alone, and drops a single one without a word.</remarks>
internal static class SettingsLists
{
    private const StringSplitOptions Clean = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    public static bool IsList(PropertyInfo property) => property.PropertyType == typeof(IList<string>);

    /// <summary>Completes the lists of settings that the binder has bound.</summary>
    public static void Complete(object settings, IConfigurationSection section)
    {
        foreach (var property in settings.GetType().GetProperties().Where(IsList))
        {
            var list = (IList<string>)property.GetValue(settings)!;
            var values = list.Append(section[property.Name] ?? "").SelectMany(static value => value.Split(',', Clean)).ToArray();
            list.Clear();
            Array.ForEach(values, list.Add);
        }
    }
}
