using Microsoft.AspNetCore.SignalR;

namespace OrleansSessions.BlazorServer;

/// <summary>A hub for signed-in users. It knows nothing of sessions.</summary>
internal sealed class NewsHub : Hub;
