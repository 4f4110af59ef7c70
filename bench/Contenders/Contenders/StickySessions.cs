namespace OrleansSessions.Contenders;

/// <summary>Sessions in the memory of the one server that a browser is always sent to.</summary>
internal sealed class StickySessions : CookieContender
{
    public override void AddServices(WebApplicationBuilder builder)
    {
        base.AddServices(builder);
        UseTicketStore<MemoryTicketStore>(builder.Services);
    }
}
