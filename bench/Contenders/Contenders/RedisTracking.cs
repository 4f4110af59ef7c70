namespace OrleansSessions.Contenders;

/// <summary>Cookie authentication with its tickets in Redis, and copies in memory of which Redis tells when they are outdated.</summary>
internal sealed class RedisTracking : CookieContender
{
    public override void AddServices(WebApplicationBuilder builder)
    {
        base.AddServices(builder);
        builder.Services.AddStackExchangeRedisCache(options => options.Configuration = builder.Configuration["redis"]);
        builder.Services.AddSingleton<TrackedCopies>();
        builder.Services.AddHostedService<RedisInvalidations>();
        UseTicketStore<TrackedTicketStore>(builder.Services);
    }
}
