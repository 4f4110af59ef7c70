namespace OrleansSessions.Contenders;

/// <summary>ASP.NET Core's session interface on OrleansSessions.</summary>
internal sealed class SessionState : DataContender
{
    public override void AddServices(WebApplicationBuilder builder)
    {
        builder.AddOrleansSessionsClient();
        builder.Services.AddAuthentication().AddOrleansSessions();
        builder.Services.AddOrleansSessionState();
    }

    public override void Map(WebApplication app)
    {
        base.Map(app);
        app.MapForgetting();
    }

    protected override void Use(WebApplication app) => app.UseOrleansSessionState();
}
