namespace OrleansSessions.WebFrontend;

/// <summary>A signed-in user's sessions: the list, the ends of them, and what open pages hear of both.</summary>
internal static class SessionsExtensions
{
    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OwnSessions>();
        builder.Services.AddSingleton<LivePlaces>();
        builder.Services.AddSingleton<SessionListReader>();
        builder.Services.AddSingleton<SessionLists>();
        builder.Services.AddSingleton<LiveSessions>();
    }

    public static void MapSessions(this RouteGroupBuilder api)
    {
        api.MapSession();
        api.MapSessionEvents();
        api.MapUserSessions();
    }
}
