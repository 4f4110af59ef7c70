using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>Options that cannot be meant.</summary>
public sealed class OptionTests
{
    [Theory]
    [InlineData("--OrleansSessions:Web:KnownProxies:0=0.0.0.0/0", "everyone")]
    [InlineData("--OrleansSessions:Web:KnownProxies:0=::/0", "everyone")]
    [InlineData("--OrleansSessions:Web:KnownProxies:0=nginx", "write an address")]
    [InlineData("--OrleansSessions:Web:FailedSignInsPerSource=0", "OrleansSessions:Web:FailedSignInsPerSource")]
    [InlineData("--OrleansSessions:Web:RecentSignIn=00:00:00", "OrleansSessions:Web:RecentSignIn")]
    [InlineData("--OrleansSessions:ClusterId=", "OrleansSessions__ClusterId")]
    [InlineData("--OrleansSessions:Redis=localhost,foo=bar", "OrleansSessions__Redis")]
    [InlineData("--OrleansSessions:Web:RegistrationEnabled=perhaps", "OrleansSessions:Web:RegistrationEnabled")]
    [InlineData("--OrleansSessions:Web:RegistrationEnabld=false", "OrleansSessions:Web:RegistrationEnabld is not a setting")]
    [InlineData("--OrleansSessions:Client:Lease=false", "OrleansSessions:Client:Lease is not a setting")]
    [InlineData("--OrleansSessions:Reddis=localhost", "OrleansSessions:Reddis is not a setting")]
    [InlineData("--OrleansSession:Redis=localhost", "OrleansSession is not a section")]
    [InlineData("--Web:RegistrationEnabled=false", "OrleansSessions__Web__RegistrationEnabled")]
    [InlineData("--OrleansSessions:Web:KnownProxies=nginx", "write an address")]
    public async Task F1_a_wrong_option_stops_the_start_and_says_what_to_change(string option, string advice)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var app = WebFrontendHost.Build(["--urls", "http://127.0.0.1:0", option], static builder => builder.Logging.ClearProviders());
            await app.StartAsync();
        });

        Assert.Contains(advice, StartFailure.Explain(exception), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1,10.0.0.0/8")]
    public async Task C13_known_proxies_may_be_given_as_one_value(string proxies)
    {
        await using var app = WebFrontendHost.Build([$"--OrleansSessions:Web:KnownProxies={proxies}"]);

        Assert.Equal(proxies.Split(','), app.Services.GetRequiredService<IOptions<WebOptions>>().Value.KnownProxies);
    }
}
