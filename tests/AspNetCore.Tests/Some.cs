using StackExchange.Redis;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>Fresh values, of which a test says only what matters to it.</summary>
internal static class Some
{
    private static readonly DateTimeOffset SilosNow = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A session as a silo describes it, by the silo's clock.</summary>
    public static SessionInfo Session(SessionToken token, byte[]? ticket = null, TimeSpan authenticationAge = default) => new()
    {
        SessionId = token.SessionId,
        Subject = "ann",
        Ticket = ticket ?? [],
        CreatedAt = SilosNow - authenticationAge,
        AuthenticatedAt = SilosNow - authenticationAge,
        AuthenticationAge = authenticationAge,
        LastSeenAt = SilosNow,
        ExpiresAt = SilosNow.AddDays(1),
        IdleTimeout = TimeSpan.FromHours(1),
        RememberMe = false,
        Revision = 0,
    };

    /// <summary>What the store's client throws.</summary>
    public static Exception StoreFailure(string name) => name switch
    {
        nameof(RedisConnectionException) => new RedisConnectionException(ConnectionFailureType.UnableToConnect, "Nobody answers."),
        nameof(RedisServerException) => new RedisServerException("READONLY You can't write against a read only replica."),
        nameof(RedisCommandException) => new RedisCommandException("Command cannot be issued to a replica."),
        nameof(RedisTimeoutException) => new RedisTimeoutException("Timeout awaiting response.", CommandStatus.Sent),
        nameof(ObjectDisposedException) => new ObjectDisposedException("connection"),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The client throws no such exception."),
    };
}
