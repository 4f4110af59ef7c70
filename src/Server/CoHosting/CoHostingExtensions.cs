using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace OrleansSessions.Server;

internal static class CoHostingExtensions
{
    /// <summary>Takes the silo's start and stop over from Orleans' own hosted service.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="before">How many there were before Orleans was added.</param>
    public static void StartInTheBackground(this IServiceCollection services, int before)
    {
        var silo = services.Skip(before).First(static service =>
            service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(ISiloBuilder).Assembly);
        services.Remove(silo);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<CoHostedSilo>(
            provider, (IHostedService)ActivatorUtilities.CreateInstance(provider, silo.ImplementationType!)));
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<CoHostedSilo>());
        services.AddSingleton<IClusterAccess>(static provider => provider.GetRequiredService<CoHostedSilo>());
        services.AddSingleton<IStartupFilter, ClosingConnections>();

        // Beyond what the application grants for its own end.
        services.AddOptions<HostOptions>().PostConfigure<IOptions<SiloSettings>>(static (host, settings) =>
            host.ShutdownTimeout += settings.Value.DrainPeriod);
    }
}
