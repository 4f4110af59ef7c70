namespace OrleansSessions.Contenders;

/// <summary>ASP.NET Core's session on Redis.</summary>
internal sealed class SessionOnRedis : DataContender
{
    public override void AddServices(WebApplicationBuilder builder)
    {
        builder.Services.AddStackExchangeRedisCache(options => options.Configuration = builder.Configuration["redis"]);
        builder.Services.AddSession();
    }

    protected override void Use(WebApplication app) => app.UseSession();
}
