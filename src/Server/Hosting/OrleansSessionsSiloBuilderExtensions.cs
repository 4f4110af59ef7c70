using Microsoft.Extensions.DependencyInjection;
using OrleansSessions;
using OrleansSessions.Grains;
using OrleansSessions.Server;

namespace Orleans.Hosting;

/// <summary>Adds sessions to a silo of an application's own.</summary>
public static class OrleansSessionsSiloBuilderExtensions
{
    /// <summary>
    /// Adds the grains of sessions and their store, and leaves the silo's clustering, storages and other grains as they are. All
    /// silos of the cluster must have them.
    /// </summary>
    /// <remarks>
    /// In the environment Development, and without a Redis that the settings name, sessions are kept in the memory of this
    /// silo, which must be the only one.
    /// </remarks>
    /// <param name="silo">The silo.</param>
    /// <param name="configure">Says where sessions are kept, in place of the settings of the section <c>OrleansSessions</c>.</param>
    public static ISiloBuilder AddOrleansSessions(this ISiloBuilder silo, Action<ClusterSettings>? configure = null)
    {
        HostingShape.OwnSilo.Choose(silo.Services);
        var inCode = new ClusterSettings { Redis = "" };
        configure?.Invoke(inCode);
        var choice = StoreChoice.Make(silo.Services, silo.Configuration, isNamedInCode: inCode.Redis.Length > 0);
        silo.Services.AddClusterSettings().Configure(settings => configure?.Invoke(settings));
        silo.Services.AddSiloSettings();
        if (choice.IsInMemory)
        {
            silo.AddMemoryStore();
        }
        else
        {
            silo.AddRedisStore();
            silo.Services.AddHostedService<StoreGate>();
        }

        silo.Services.AddLogDefaults();
        return silo.AddSessionGrains();
    }
}
