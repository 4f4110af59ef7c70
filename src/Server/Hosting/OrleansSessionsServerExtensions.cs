using Microsoft.Extensions.DependencyInjection;
using OrleansSessions;
using OrleansSessions.Grains;
using OrleansSessions.Server;

namespace Microsoft.Extensions.Hosting;

/// <summary>Makes an application a server of its sessions.</summary>
public static class OrleansSessionsServerExtensions
{
    /// <summary>
    /// Hosts sessions in this process, beside the application: a silo without a port for clients, set up from the sections
    /// <c>OrleansSessions</c> and <c>OrleansSessions:Silo</c>. The application starts without waiting for Redis.
    /// </summary>
    /// <remarks>
    /// In the environment Development, and without a Redis that the settings name, sessions are kept in memory and end with the
    /// process.
    /// </remarks>
    /// <param name="builder">The application.</param>
    /// <param name="configureSilo">Adds grains of the application's own. Clustering is set up already.</param>
    public static IHostApplicationBuilder AddOrleansSessionsServer(
        this IHostApplicationBuilder builder, Action<ISiloBuilder>? configureSilo = null)
    {
        HostingShape.CoHosted.Choose(builder.Services);
        var choice = StoreChoice.Make(builder.Services, builder.Configuration, isNamedInCode: false);
        builder.Services.AddClusterSettings();
        builder.Services.AddOptions<SiloSettings>().Configure<IHostEnvironment>(static (silo, environment) =>
            silo.DrainPeriod = environment.IsDevelopment() ? TimeSpan.Zero : silo.DrainPeriod);
        builder.Services.AddSiloSettings();
        var before = builder.Services.Count;
        builder.UseOrleans(silo =>
        {
            if (choice.IsInMemory)
            {
                silo.AddLoneMembership().AddMemoryStore();
            }
            else
            {
                silo.AddCoHostedMembership().AddRedisStore();
                silo.Services.StartInTheBackground(before);
            }

            silo.AddSessionGrains();
            configureSilo?.Invoke(silo);
        });
        builder.Services.AddOneClustering();
        builder.Services.AddLogDefaults();
        builder.Services.AddQuietSilo();
        return builder;
    }
}
