namespace OrleansSessions.Contenders;

/// <summary>Cookie authentication with its tickets in Redis.</summary>
internal sealed class TicketStoreOnRedis : CookieContender
{
    public override void AddServices(WebApplicationBuilder builder)
    {
        base.AddServices(builder);
        builder.Services.AddStackExchangeRedisCache(options => options.Configuration = builder.Configuration["redis"]);
        UseTicketStore<DistributedTicketStore>(builder.Services);
    }
}
