namespace OrleansSessions.Contenders;

/// <summary>YARP with session affinity, set up by the file that <c>--routes</c> names. Servers come and go with that file.</summary>
internal sealed class StickyBalancer : IContender
{
    public void AddServices(WebApplicationBuilder builder)
    {
        builder.Configuration.AddJsonFile(builder.Configuration["routes"]!, optional: false, reloadOnChange: true);
        builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"));
    }

    public void Map(WebApplication app) => app.MapReverseProxy();
}
