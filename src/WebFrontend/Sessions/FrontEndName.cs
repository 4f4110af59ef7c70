using Microsoft.Extensions.Options;

namespace OrleansSessions.WebFrontend;

/// <summary>Which front end this is, for people who watch a login hold at several.</summary>
internal sealed class FrontEndName(IOptions<WebOptions> options)
{
    public string For(HttpContext context) =>
        options.Value.FrontEndName is { Length: > 0 } name ? name : $"{Environment.MachineName}:{context.Connection.LocalPort}";
}
