namespace OrleansSessions.Contenders;

/// <summary>Kestrel without sessions: the ceiling.</summary>
internal sealed class Bare : SessionContender
{
    public override void AddServices(WebApplicationBuilder builder)
    {
    }

    protected override ValueTask<string?> ReadUserAsync(HttpContext context) => new("user-0000000");

    protected override Task SignInAsync(HttpContext context, string user) => Task.CompletedTask;

    protected override Task EndSessionAsync(HttpContext context) => Task.CompletedTask;
}
