using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OrleansSessions;

/// <summary>Binds settings to their section of the configuration.</summary>
internal static class SettingsExtensions
{
    /// <summary>Adds settings that are validated at start: by their annotations, and for names in the section that mean nothing.</summary>
    public static OptionsBuilder<TSettings> AddSettings<TSettings>(this IServiceCollection services, string section)
        where TSettings : class
    {
        services.AddSingleton<IValidateOptions<TSettings>>(provider =>
            new KnownNames<TSettings>(provider.GetRequiredService<IConfiguration>(), section));
        services.AddSingleton<IValidateOptions<TSettings>>(provider =>
            new FormerNames<TSettings>(provider.GetRequiredService<IConfiguration>(), section));
        return services.AddOptions<TSettings>().BindConfiguration(section)
            .Configure<IConfiguration>((settings, configuration) => SettingsLists.Complete(settings, configuration.GetSection(section)))
            .ValidateDataAnnotations().ValidateOnStart();
    }

    /// <summary>Adds the settings that all servers have in common.</summary>
    public static OptionsBuilder<ClusterSettings> AddClusterSettings(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ClusterSettings>, MisspeltRoot>();
        return services.AddSettings<ClusterSettings>(ClusterSettings.Section).Configure<IConfiguration>(static (settings, configuration) =>
        {
            if (configuration[ClusterSettings.RedisName] is null
                && configuration.GetConnectionString(ClusterSettings.ConnectionString) is { Length: > 0 } connection)
            {
                settings.Redis = connection;
            }
        });
    }
}
