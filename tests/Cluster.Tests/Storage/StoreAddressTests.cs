using System.Net;
using OrleansSessions.Redis;

namespace OrleansSessions.Cluster.Tests.Storage;

/// <summary>How the address of Redis is read, and what is said of one that cannot be.</summary>
public sealed class StoreAddressTests
{
    private const string Secret = "hunter2";

    [Theory]
    [InlineData("redis://host", "host:6379", null, null, null, false)]
    [InlineData("redis://host:6380/", "host:6380", null, null, null, false)]
    [InlineData("redis://default:pw@127.0.0.1:6413/0", "127.0.0.1:6413", "default", "pw", 0, false)]
    [InlineData("rediss://:p%2Cw%40%25@my_redis.local/15", "my_redis.local:6379", null, "p,w@%", 15, true)]
    [InlineData("REDISS://user:p,w+@[::1]:7000", "[::1]:7000", "user", "p,w+", null, true)]
    [InlineData("redis://u%3A:a:b@one:1,two:2,3.3.3.3", "one:1, two:2, 3.3.3.3:6379", "u:", "a:b", null, false)]
    public void C14_C15_urls_are_read(string url, string servers, string? user, string? password, int? database, bool ssl)
    {
        var options = StoreDefaults.Read(url);

        Assert.Equal(servers, StoreAddress.Describe(options));
        Assert.Equal((user, password, database, ssl), (options.User, options.Password, options.DefaultDatabase, options.Ssl));
        Assert.False(options.AbortOnConnectFail);
        Assert.Equal(password, StoreAddress.Read(url).Password);
    }

    [Fact]
    public void C14_options_of_the_client_may_follow_in_the_url()
    {
        var options = StoreDefaults.Read("redis://:a%2Cb@s1:26379,s2:26379?serviceName=main&syncTimeout=700&sslHost=a%2Db");

        Assert.Equal(("main", 700, "a,b", "a-b"), (options.ServiceName, options.AsyncTimeout, options.Password, options.SslHost));
    }

    [Theory]
    [InlineData("redis:6379,password=p@ss/word?", "p@ss/word?")]
    [InlineData("127.0.0.1,password=pw,ssl=true", "pw")]
    [InlineData("r1:1,r2:2,password=redis://", "redis://")]
    [InlineData("redis:6379,password=x://y", "x://y")]
    public void C14_connection_strings_of_the_client_are_read_as_before(string address, string password) =>
        Assert.Equal(password, StoreDefaults.Read(address).Password);

    [Theory]
    [InlineData("127.0.0.1:6412,password=secret," + Secret)]
    [InlineData("127.0.0.1:6412,password=secret," + Secret + ":5")]
    [InlineData("127.0.0.1:6412,password=secret," + Secret + "=5")]
    [InlineData("127.0.0.1:6412,connectTimeout=" + Secret)]
    [InlineData("redis://default:" + Secret + "/x@host:6379")]
    [InlineData("redis://" + Secret + "@host")]
    [InlineData("redis://default:" + Secret + "@host:" + Secret)]
    [InlineData("redis://default:" + Secret + "@host:70000")]
    [InlineData("redis://default:" + Secret + "@" + Secret + "#")]
    [InlineData("redis://default:" + Secret + "@host/" + Secret)]
    [InlineData("redis://default:" + Secret + "@host?" + Secret + "=1")]
    [InlineData("redis://default:" + Secret + "@host?sslHost=a%2C" + Secret)]
    [InlineData("redis://default:" + Secret + "@[::1")]
    [InlineData("redis://default:" + Secret + "@")]
    [InlineData("redis+tls://default:" + Secret + "@host")]
    [InlineData("tcp://default:" + Secret + "@host")]
    [InlineData("password=" + Secret)]
    public void C14_C15_what_cannot_be_read_is_refused_with_the_form_that_is_wanted_and_not_repeated(string address)
    {
        var refusal = Assert.Throws<StoreAddressException>(() => StoreDefaults.Read(address));

        Assert.Contains("set OrleansSessions__Redis to ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refusal.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("hunter2,password=x")]
    public void C15_a_name_without_a_port_is_not_repeated(string address) =>
        Assert.DoesNotContain(Secret, StoreAddress.Describe(StoreDefaults.Read(address)), StringComparison.Ordinal);

    [Fact]
    public void C19_addresses_of_both_families_are_read()
    {
        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 6421), Assert.Single(StoreDefaults.Read("[::1]:6421").EndPoints));
        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 6421), Assert.Single(StoreDefaults.Read("redis://[::1]:6421").EndPoints));
    }
}
