using Microsoft.AspNetCore.SignalR;

namespace OrleansSessions.Contenders;

/// <summary>A hub that says nothing: its connections are there to be ended.</summary>
internal sealed class QuietHub : Hub;
