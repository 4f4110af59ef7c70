using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace OrleansSessions.Silo.Redis;

/// <summary>How a silo connects to Redis where the connection string does not say otherwise.</summary>
internal sealed class StoreDefaults : DefaultOptionsProvider
{
    /// <summary>Never: once it runs, a silo waits for Redis for as long as it takes.</summary>
    public override bool AbortOnConnectFail => false;

    /// <summary>Less than a front end waits, so that it hears of the failure and not of a time-out.</summary>
    public override TimeSpan SyncTimeout => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override TimeSpan? ConnectTimeout => TimeSpan.FromSeconds(2);

    /// <summary>Steady: with the default, which backs off, Redis could be back for many seconds before it is noticed.</summary>
    public override IReconnectRetryPolicy? ReconnectRetryPolicy { get; } = new LinearRetry(500);

    /// <summary>No CONFIG, no INFO by administrators' commands: an ordinary Redis user is enough.</summary>
    public override bool AllowAdmin => false;
}
