using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace OrleansSessions.Server;

/// <summary>Lets a silo start only where its ports are free.</summary>
internal sealed class PortGate(IOptions<EndpointOptions> endpoint, IConfiguration configuration) : BeforeStart
{
    public override Task StartingAsync(CancellationToken cancellationToken)
    {
        PortCheck.Check(endpoint.Value, configuration[WebHostDefaults.ServerUrlsKey]);
        return Task.CompletedTask;
    }
}
