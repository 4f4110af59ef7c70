using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OrleansSessions.Cluster.Tests.Harness;
using StackExchange.Redis;

namespace OrleansSessions.Cluster.Tests.Storage;

/// <summary>The keys of Data Protection, kept where sessions are.</summary>
public sealed class KeysOfApplicationsTests
{
    private const string KeysOfService = "service/data-protection-keys";
    private const string MarkOfService = "service/epoch";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MarkPeriod = TimeSpan.FromSeconds(2);

    [Fact]
    public Task On_Garnet_a_form_of_one_application_is_taken_by_another() => IsSharedAsync(new GarnetStore());

    [RequiresProgramFact("redis-server")]
    public Task On_Redis_a_form_of_one_application_is_taken_by_another() => IsSharedAsync(new RedisServer());

    [RequiresProgramFact("redis-server")]
    public async Task What_was_protected_is_read_after_every_application_and_the_store_were_started_again()
    {
        await using var store = await StartAsync();
        string text;
        await using (var before = await ProtectingApplication.StartAsync(store.Redis))
        {
            text = before.Protect("text");
        }

        await store.Process.KillAsync();
        await store.StartAsync();

        await using var after = await ProtectingApplication.StartAsync(store.Redis);
        Assert.Equal("text", after.Unprotect(text));
        Assert.Equal(1, await CountAsync(store, KeysOfService));
    }

    [RequiresProgramFact("redis-server")]
    public async Task Services_that_share_a_store_share_no_keys()
    {
        await using var store = await StartAsync();
        await using var one = await ProtectingApplication.StartAsync(store.Redis, name: "same");
        await using var other = await ProtectingApplication.StartAsync(store.Redis, "other", name: "same");

        var text = one.Protect("text");

        Assert.Throws<CryptographicException>(() => other.Unprotect(text));
        Assert.Equal("text", other.Unprotect(other.Protect("text")));
        Assert.Equal(1, await CountAsync(store, KeysOfService));
        Assert.Equal(1, await CountAsync(store, "other/data-protection-keys"));
    }

    [RequiresProgramFact("redis-server")]
    public async Task Applications_with_names_of_their_own_read_nothing_of_each_other()
    {
        await using var store = await StartAsync();
        await using var shop = await ProtectingApplication.StartAsync(store.Redis, name: "shop");
        await using var blog = await ProtectingApplication.StartAsync(store.Redis, name: "blog");

        var text = shop.Protect("text");

        Assert.Throws<CryptographicException>(() => blog.Unprotect(text));
        Assert.Equal("text", shop.Unprotect(text));
    }

    [RequiresProgramFact("redis-server")]
    public async Task An_application_that_does_not_reach_the_store_protects_nothing_and_finds_the_keys_later()
    {
        await using var store = await StartAsync();
        await using var wire = new TcpProxy(store.Port);
        await using var other = await ProtectingApplication.StartAsync(store.Redis);
        var text = other.Protect("text");
        wire.Cut();
        await using var application = await ProtectingApplication.StartAsync(wire.Address);

        AssertIsOfTheStore(Assert.Throws<CryptographicException>(() => application.Protect("text")));
        Assert.ThrowsAny<Exception>(() => application.Unprotect(text));

        wire.Restore();
        await Wait.UntilAsync(() => Reads(application, text), Patience, "the application reads what the other one protected");
        Assert.Equal("text", other.Unprotect(application.Protect("text")));
        Assert.Equal(1, await CountAsync(store, KeysOfService));
    }

    [RequiresProgramFact("redis-server")]
    public async Task A_key_that_the_store_does_not_take_protects_nothing()
    {
        await using var store = await StartAsync();
        await store.AskAsync("ACL SETUSER front on >secret ~* &* +@all -rpush");
        await using var application = await ProtectingApplication.StartAsync(store.Redis + ",user=front,password=secret");

        AssertIsOfTheStore(Assert.Throws<CryptographicException>(() => application.Protect("text")));

        await store.AskAsync("ACL SETUSER front +rpush");
        var text = application.Protect("text");
        await using var other = await ProtectingApplication.StartAsync(store.Redis);
        Assert.Equal("text", other.Unprotect(text));
    }

    [RequiresProgramFact("redis-server")]
    public async Task An_application_that_may_not_read_the_keys_adds_none()
    {
        await using var store = await StartAsync();
        await using var other = await ProtectingApplication.StartAsync(store.Redis);
        var text = other.Protect("text");
        await store.AskAsync("ACL SETUSER front on >secret ~* &* +@all -lrange");
        await using var application = await ProtectingApplication.StartAsync(store.Redis + ",user=front,password=secret");

        AssertIsOfTheStore(Assert.Throws<CryptographicException>(() => application.Protect("text")));
        Assert.Equal(1, await CountAsync(store, KeysOfService));

        await store.AskAsync("ACL SETUSER front +lrange");
        Assert.Equal("text", application.Unprotect(text));
    }

    [RequiresProgramFact("redis-server")]
    public async Task An_application_goes_on_with_its_keys_while_the_store_is_away()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var store = await StartAsync();
        await store.AskAsync($"SET {MarkOfService} one");
        await using var wire = new TcpProxy(store.Port);
        await using var application = await ProtectingApplication.StartAsync(wire.Address, time: time);
        var text = application.Protect("text");
        var dropped = application.Services.GetRequiredService<IKeyManager>().GetCacheExpirationToken();
        await UntilTheMarkIsReadAsync(store, time);

        wire.Cut();
        time.Advance(MarkPeriod);
        Assert.Equal("text", application.Unprotect(text));
        Assert.Equal("text", application.Unprotect(application.Protect("text")));

        // One look follows the other: at the second one, nothing of the first is outstanding.
        wire.Restore();
        await UntilTheMarkIsReadAsync(store, time);
        await UntilTheMarkIsReadAsync(store, time);
        Assert.False(dropped.IsCancellationRequested);

        // The looks are not blind.
        await store.AskAsync($"SET {MarkOfService} two");
        await UntilTheMarkIsReadAsync(store, time);
        await Wait.UntilAsync(() => dropped.IsCancellationRequested, Patience, "the keys of a replaced store are dropped");
    }

    private static async Task IsSharedAsync(ITestStore store)
    {
        await using var running = store;
        await store.StartAsync();
        await using var one = await ProtectingApplication.StartAsync(store.Redis);
        await using var other = await ProtectingApplication.StartAsync(store.Redis);

        Assert.True(await other.TakesAsync(one.MakeForm()));
        Assert.True(await one.TakesAsync(other.MakeForm()));

        await using var redis = await ConnectionMultiplexer.ConnectAsync(store.Redis);
        Assert.Equal(1, await redis.GetDatabase().ListLengthAsync(KeysOfService));
    }

    private static async Task<RedisServer> StartAsync()
    {
        var store = new RedisServer();
        await store.StartAsync();
        return store;
    }

    private static Task<long> CountAsync(RedisServer store, string keys) => store.QueryAsync(redis => redis.ListLengthAsync(keys));

    private static bool Reads(ProtectingApplication application, string text)
    {
        try
        {
            return application.Unprotect(text) == "text";
        }
        catch (Exception e) when (e is CryptographicException or RedisException)
        {
            return false;
        }
    }

    /// <summary>Lets the application look at the mark until it has done so once more.</summary>
    private static async Task UntilTheMarkIsReadAsync(RedisServer store, FakeTimeProvider time)
    {
        await store.AskAsync("CONFIG RESETSTAT");
        await Wait.UntilAsync(
            async () =>
            {
                time.Advance(MarkPeriod);
                return (await store.AskAsync("INFO commandstats")).Contains("cmdstat_eval", StringComparison.Ordinal);
            },
            Patience,
            "the mark is read");
    }

    /// <summary>Whether the store is the cause, whatever made the store fail.</summary>
    private static void AssertIsOfTheStore(Exception exception)
    {
        var cause = exception;
        while (cause is not null and not RedisException)
        {
            cause = cause.InnerException;
        }

        Assert.NotNull(cause);
    }
}
