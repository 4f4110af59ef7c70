using Microsoft.Extensions.Options;

namespace OrleansSessions.WebFrontend;

internal sealed class WebOptionsValidator : IValidateOptions<WebOptions>
{
    public ValidateOptionsResult Validate(string? name, WebOptions options)
    {
        var failures = options.KnownProxies.Select(Fault).OfType<string>().ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    // A range of everyone would let every client choose its own address (ASVS 15.3.4).
    private static string? Fault(string proxy) => ProxyAddress.TryParse(proxy, out var network) switch
    {
        false => $"OrleansSessions:Web:KnownProxies has '{proxy}': write an address such as 10.0.0.7, or a range such as 10.0.0.0/24.",
        true when network.PrefixLength == 0 => $"OrleansSessions:Web:KnownProxies has '{proxy}', which is everyone: name the proxies' own addresses.",
        _ => null,
    };
}

internal static class WebOptionsExtensions
{
    public static void AddWebOptions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<WebOptions>, WebOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<WebOptions>, UnicodeCheck>();
        builder.Services.AddSettings<WebOptions>(WebOptions.Section);
    }
}
