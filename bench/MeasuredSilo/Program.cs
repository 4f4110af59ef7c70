using System.Net;
using Orleans.Configuration;
using OrleansSessions.Contenders;
using OrleansSessions.Server;

// The product's silo, which also tells how it is, and may stand behind a link that fails.
var silo = SiloHost.Build(args, static silo => silo.AddLocalAccounts(), builder =>
{
    if (builder.Configuration.GetValue<int?>("gateway-listens-on") is { } port)
    {
        builder.Services.PostConfigure<EndpointOptions>(options =>
            options.GatewayListeningEndpoint = new IPEndPoint(IPAddress.Loopback, port));
    }
});
silo.MapGet("/stats", (bool collect = false) => ThisProcess.Measure(requests: 0, collect));
silo.MapGet("/activations", async (IGrainFactory grains) =>
    (await grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics())
    .Where(grain => grain.GrainType.StartsWith("OrleansSessions", StringComparison.Ordinal))
    .Sum(grain => grain.ActivationCount));
await silo.RunAsync();
