using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.Server;

/// <summary>Lets a silo start only where it can do its work: its ports are free, and Redis is there and fit for sessions.</summary>
internal sealed class StartGate(
    RedisConnections connections,
    StorePolicy policy,
    StoreRights rights,
    StoreIdentity identity,
    IOptions<SiloSettings> settings,
    IOptions<EndpointOptions> endpoint,
    IConfiguration configuration,
    TimeProvider time) : IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Before any hosted service starts, Orleans among them.
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        PortCheck.Check(endpoint.Value, configuration[WebHostDefaults.ServerUrlsKey]);
        using var bound = new CancellationTokenSource(settings.Value.StartTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bound.Token);
        try
        {
            await ReachAsync(either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw await ExplainAsync(e, cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ReachAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var redis = await connections.ForStorageAsync().WaitAsync(cancellationToken);
                await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
                await rights.CheckAsync(redis).WaitAsync(cancellationToken);
                await identity.ClaimAsync(redis).WaitAsync(cancellationToken);
                await policy.CheckAsync(redis).WaitAsync(cancellationToken);
                return;
            }
            catch (RedisServerException e) when (StoreRights.IsRefusal(e))
            {
                throw rights.Explain(e);
            }
            catch (RedisConnectionException e) when (e.FailureType == ConnectionFailureType.AuthenticationFailure)
            {
                throw await ExplainAsync(e, cancellationToken);
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                // It starts, loads its file, or is failing over.
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private async Task<StartFailureException> ExplainAsync(Exception cause, CancellationToken cancellationToken)
    {
        var fault = await StoreDiagnosis.FindAsync(connections.Configuration, cancellationToken);
        return new StartFailureException(fault?.ToString()
            ?? $"Redis at {StoreAddress.Describe(connections.Configuration)} did not answer within {settings.Value.StartTimeout.TotalSeconds:0.#} s; "
            + $"start it, or set {StoreAddress.Setting} to {StoreAddress.Forms}.", cause);
    }
}
