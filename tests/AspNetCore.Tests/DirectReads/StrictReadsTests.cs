using NSubstitute;
using NSubstitute.ExceptionExtensions;
using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>What the client makes of a connection that breaks while a script is on its way.</summary>
public sealed class StrictReadsTests
{
    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(ObjectDisposedException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task F13_however_the_client_ends_a_script_the_store_did_not_answer(Type thrown)
    {
        var database = Substitute.For<IDatabase>();
        database.ScriptEvaluateAsync(Arg.Any<string>(), Arg.Any<RedisKey[]>(), Arg.Any<RedisValue[]>(), Arg.Any<CommandFlags>())
            .ThrowsAsync((Exception)Activator.CreateInstance(thrown, "Reading is not allowed after reader was completed.")!);
        var redis = Substitute.For<IConnectionMultiplexer>();
        redis.GetDatabase().Returns(database);

        var failure = await Assert.ThrowsAsync<TimeoutException>(
            () => new StrictReads(new Connected(redis)).RunAsync(new StrictReads.Script("return 1"), "key"));

        Assert.IsType(thrown, failure.InnerException);
    }

    private sealed class Connected(IConnectionMultiplexer redis) : IStoreConnection
    {
        public Task<IConnectionMultiplexer> ConnectAsync() => Task.FromResult(redis);
    }
}
