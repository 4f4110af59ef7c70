using OrleansSessions.Redis;

namespace OrleansSessions.Cluster.Tests.Storage;

/// <summary>How a silo connects to Redis.</summary>
public sealed class StoreDefaultsTests
{
    [Fact]
    public void F21_the_real_cause_arrives_before_a_front_end_gives_up()
    {
        var options = StoreDefaults.Read("redis:6379");

        Assert.InRange(TimeSpan.FromMilliseconds(options.AsyncTimeout) + options.HeartbeatInterval, TimeSpan.Zero, TimeSpan.FromSeconds(2.5));
        Assert.False(options.AbortOnConnectFail);
        Assert.False(options.AllowAdmin);
        Assert.False(options.Ssl);
    }

    [Fact]
    public void F21_a_host_that_the_client_knows_gets_its_defaults_as_at_front_ends()
    {
        Assert.True(StoreDefaults.Read("name.redis.cache.windows.net:6380").Ssl);
        Assert.False(StoreDefaults.Read("name.redis.cache.windows.net:6380,ssl=false").Ssl);
    }

    [Fact]
    public void F21_what_the_connection_string_says_holds()
    {
        var options = StoreDefaults.Read("redis:6379,syncTimeout=700,abortConnect=true,connectTimeout=900");

        Assert.Equal((700, true, 900), (options.AsyncTimeout, options.AbortOnConnectFail, options.ConnectTimeout));
    }
}
