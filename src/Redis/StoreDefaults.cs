using StackExchange.Redis;

namespace OrleansSessions.Redis;

/// <summary>How servers connect to Redis where the connection string does not say otherwise.</summary>
/// <remarks>All else stays the client's own default, which knows some hosts: those that want TLS, for one.</remarks>
internal static class StoreDefaults
{
    /// <summary>
    /// A server waits for Redis for as long as it takes. A command waits for 2 s, less than a front end waits for its answer, so
    /// that the front end hears of the failure and not of a time-out.
    /// </summary>
    private const string Options = "abortConnect=false,connectTimeout=2000,syncTimeout=2000,";

    /// <summary>How often the client looks for commands that have waited too long: that much later they fail.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(500);

    /// <summary>Steady: with the default, which backs off, Redis could be back for many seconds before it is noticed.</summary>
    private static readonly LinearRetry Reconnect = new(500);

    /// <summary>Reads an address of Redis, over the defaults.</summary>
    /// <exception cref="StoreAddressException">It is none.</exception>
    public static ConfigurationOptions Read(string address)
    {
        var options = StoreAddress.Read(address, Options);
        options.ReconnectRetryPolicy = Reconnect;
        options.HeartbeatInterval = Heartbeat;
        return options;
    }

    /// <summary>Has answers come in on threads of the pool. Each would wake a thread of the client's own besides.</summary>
    /// <returns>False where nothing was changed: the client waits for Sentinels on threads of the pool, and needs its own for answers.</returns>
    public static bool TryAnswerOnPool(ConfigurationOptions options)
    {
        if (!string.IsNullOrEmpty(options.ServiceName))
        {
            return false;
        }

        options.SocketManager = SocketManager.ThreadPool;
        return true;
    }
}
