using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OrleansSessions.Grains.Interfaces;

/// <summary>Binds settings to their section of the configuration.</summary>
public static class SettingsExtensions
{
    /// <summary>Adds settings that are validated at start: by their annotations, and for names in the section that mean nothing.</summary>
    /// <remarks>A setting whose name is misspelt, or of another version, would otherwise keep its default unnoticed.</remarks>
    public static OptionsBuilder<TSettings> AddSettings<TSettings>(this IServiceCollection services, string section)
        where TSettings : class
    {
        services.AddSingleton<IValidateOptions<TSettings>>(provider =>
            new KnownNames<TSettings>(provider.GetRequiredService<IConfiguration>().GetSection(section)));
        return services.AddOptions<TSettings>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
    }

    private sealed class KnownNames<TSettings>(IConfigurationSection section) : IValidateOptions<TSettings>
        where TSettings : class
    {
        private static readonly string[] Names =
            [.. typeof(TSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)];

        public ValidateOptionsResult Validate(string? name, TSettings options)
        {
            var failures = section.GetChildren()
                .Where(static child => !Names.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                .Select(child => $"{child.Path} is no setting; those of {section.Path} are {string.Join(", ", Names)}.")
                .ToList();
            return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }
    }
}
