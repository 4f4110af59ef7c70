using StackExchange.Redis;

namespace OrleansSessions.Redis;

/// <summary>The ways in which the store does not answer.</summary>
internal static class StoreFailure
{
    /// <summary>Whether an exception says that the store did not answer, or refused.</summary>
    /// <remarks>The client's exceptions have no common base: a command that it does not send is none of its others.</remarks>
    public static bool Is(Exception e) => e is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException;
}
