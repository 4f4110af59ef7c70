using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace OrleansSessions;

/// <summary>Refuses a section whose name is nearly that of the root.</summary>
internal sealed class MisspeltRoot(IConfiguration configuration) : IValidateOptions<ClusterSettings>
{
    private const int Near = 2;

    public ValidateOptionsResult Validate(string? name, ClusterSettings options)
    {
        var failures = configuration.GetChildren()
            .Where(static section => section.GetChildren().Any() && Distance(section.Key) is > 0 and <= Near)
            .Select(static section => $"{section.Key} is not a section; settings stand under {SettingsSections.Root}.")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>How many letters are to be added, dropped or changed (Levenshtein).</summary>
    private static int Distance(string name)
    {
        var root = SettingsSections.Root.ToUpperInvariant();
        var word = name.ToUpperInvariant();
        var costs = Enumerable.Range(0, root.Length + 1).ToArray();
        for (var i = 1; i <= word.Length; i++)
        {
            var diagonal = costs[0]++;
            for (var j = 1; j <= root.Length; j++)
            {
                var changed = diagonal + (word[i - 1] == root[j - 1] ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.Min(changed, Math.Min(costs[j], costs[j - 1]) + 1);
            }
        }

        return costs[^1];
    }
}
