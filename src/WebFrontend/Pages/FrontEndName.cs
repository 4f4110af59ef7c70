using Microsoft.Extensions.Options;

namespace OrleansSessions.WebFrontend;

/// <summary>Which front end this is, for people who watch a login hold at several.</summary>
internal sealed class FrontEndName(IOptions<WebOptions> options)
{
    // Asked of the system once: each time would be a sixth of what a request costs.
    private readonly string _machine = Environment.MachineName;

    public string For(HttpContext context) =>
        options.Value.FrontEndName is { Length: > 0 } name ? name : $"{_machine}:{context.Connection.LocalPort}";
}
