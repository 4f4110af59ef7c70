using Microsoft.Extensions.Options;
using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.Server;

/// <summary>Waits for a Redis that is there, and fit for sessions.</summary>
internal sealed class StoreFitness(
    RedisConnections connections, StorePolicy policy, StoreRights rights, StoreIdentity identity, IOptions<SiloSettings> settings, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for it, for no longer than the settings say.</summary>
    /// <exception cref="StartFailureException">Redis is not there, or not fit.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (!await TryWaitAsync(cancellationToken))
        {
            throw new StartFailureException(await ExplainAsync(cancellationToken));
        }
    }

    /// <summary>Waits for it, for no longer than the settings say.</summary>
    /// <returns>Whether it is there.</returns>
    /// <exception cref="StartFailureException">Redis is there, and not fit.</exception>
    public async Task<bool> TryWaitAsync(CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(settings.Value.StartTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bound.Token);
        try
        {
            await ReachAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Says what is wrong with a Redis that is not there, and what to change.</summary>
    public async Task<string> ExplainAsync(CancellationToken cancellationToken)
    {
        var fault = await StoreDiagnosis.FindAsync(connections.Configuration, cancellationToken);
        return fault?.ToString()
            ?? $"Redis at {StoreAddress.Describe(connections.Configuration)} did not answer within {settings.Value.StartTimeout.TotalSeconds:0.#} s; "
            + $"start it, or set {StoreAddress.Setting} to {StoreAddress.Forms}.";
    }

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
                throw new StartFailureException(await ExplainAsync(cancellationToken), e);
            }
            catch (Exception e) when (StoreFailure.Is(e))
            {
                // It starts, loads its file, or is failing over.
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
