using Microsoft.Extensions.Caching.StackExchangeRedis;
using ZiggyCreatures.Caching.Fusion;
using ZiggyCreatures.Caching.Fusion.Backplane.StackExchangeRedis;
using ZiggyCreatures.Caching.Fusion.Serialization.SystemTextJson;

namespace OrleansSessions.Contenders;

/// <summary>Cookie authentication with its tickets in FusionCache: memory, Redis behind it, and a backplane between the servers.</summary>
/// <param name="isTight">
/// As documented, or as tight as its options allow: five seconds of memory, nothing in the background, and an error for a
/// change that did not reach Redis.
/// </param>
internal sealed class FusionCacheOnRedis(bool isTight) : CookieContender
{
    private static readonly TimeSpan TightMemory = TimeSpan.FromSeconds(5);

    public override void AddServices(WebApplicationBuilder builder)
    {
        base.AddServices(builder);
        var redis = builder.Configuration["redis"];
        var cache = builder.Services.AddFusionCache()
            .WithSerializer(new FusionCacheSystemTextJsonSerializer())
            .WithDistributedCache(new RedisCache(new RedisCacheOptions { Configuration = redis }))
            .WithBackplane(new RedisBackplane(new RedisBackplaneOptions { Configuration = redis }));
        if (isTight)
        {
            cache.WithOptions(options => options.EnableAutoRecovery = false)
                .WithDefaultEntryOptions(entry =>
                {
                    entry.MemoryCacheDuration = TightMemory;
                    entry.AllowBackgroundDistributedCacheOperations = false;
                    entry.AllowBackgroundBackplaneOperations = false;
                    entry.ReThrowDistributedCacheExceptions = true;
                    entry.ReThrowBackplaneExceptions = true;
                });
        }

        UseTicketStore<FusionTicketStore>(builder.Services);
    }
}
