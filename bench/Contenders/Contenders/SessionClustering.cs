using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.Contenders;

/// <summary>Sessions in the memory of every server: each change is sent to all before it is acknowledged.</summary>
internal sealed class SessionClustering : CookieContender
{
    public override void AddServices(WebApplicationBuilder builder)
    {
        base.AddServices(builder);
        builder.Services.AddSingleton<MemoryTicketStore>();
        builder.Services.AddSingleton<Peers>();
        builder.Services.AddHostedService<StateTransfer>();
        UseTicketStore<ReplicatedTicketStore>(builder.Services);
    }

    public override void Map(WebApplication app)
    {
        base.Map(app);
        app.MapPut("/replica/{key}", PutAsync);
        app.MapDelete("/replica/{key}", (string key, MemoryTicketStore store) => store.RemoveAsync(key));
        app.MapGet("/replica", (MemoryTicketStore store) => store.Copy());
        app.MapPost("/peers", (string address, Peers peers) => peers.Add(address));
    }

    protected override ServerStats Extend(HttpContext context, ServerStats stats)
    {
        var peers = context.RequestServices.GetRequiredService<Peers>();
        return stats with { Messages = peers.Messages, MessageBytes = peers.MessageBytes };
    }

    private static async Task PutAsync(string key, HttpRequest request, MemoryTicketStore store)
    {
        var bytes = new byte[(int)request.ContentLength!];
        await request.Body.ReadExactlyAsync(bytes, request.HttpContext.RequestAborted);
        await store.RenewAsync(key, TicketSerializer.Default.Deserialize(bytes)!);
    }
}
