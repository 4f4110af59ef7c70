using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OrleansSessions.Server;

internal static class SettingsBuilderExtensions
{
    /// <summary>Adds the settings of the silo of this process.</summary>
    public static void AddSiloSettings(this IServiceCollection services)
    {
        services.AddSettings<SiloSettings>(SiloSettings.Section);
        services.AddSingleton<IValidateOptions<SiloSettings>, ValidateSiloSettings>();
    }
}
