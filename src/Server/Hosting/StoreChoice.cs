using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace OrleansSessions.Server;

/// <summary>Where sessions are kept: in Redis, or, while an application is being developed and names none, in this process.</summary>
/// <remarks>Made when the application is composed, and held against the settings at its start, when all of them are known.</remarks>
internal sealed record StoreChoice(bool IsInMemory, bool IsNamedInCode)
{
    public static StoreChoice Make(IServiceCollection services, IConfiguration configuration, bool isNamedInCode)
    {
        var choice = new StoreChoice(!isNamedInCode && !IsNamedIn(configuration) && IsDevelopment(services), isNamedInCode);
        services.AddSingleton(choice);
        services.AddSingleton<IValidateOptions<ClusterSettings>, ValidateStoreChoice>();
        return choice;
    }

    /// <summary>Whether the configuration names a Redis.</summary>
    public static bool IsNamedIn(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration[ClusterSettings.RedisName])
        || !string.IsNullOrEmpty(configuration.GetConnectionString(ClusterSettings.ConnectionString));

    // The host adds its environment as an instance, before anything else.
    private static bool IsDevelopment(IServiceCollection services) =>
        services.LastOrDefault(static service => service.ServiceType == typeof(IHostEnvironment))?.ImplementationInstance
            is IHostEnvironment environment && environment.IsDevelopment();
}
