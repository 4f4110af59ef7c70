namespace OrleansSessions.Contenders;

/// <summary>Cookie authentication with its tickets in HybridCache: memory, and Redis behind it.</summary>
internal sealed class HybridCacheOnRedis : CookieContender
{
    public override void AddServices(WebApplicationBuilder builder)
    {
        base.AddServices(builder);
        builder.Services.AddStackExchangeRedisCache(options => options.Configuration = builder.Configuration["redis"]);
        builder.Services.AddHybridCache();
        UseTicketStore<HybridTicketStore>(builder.Services);
    }
}
