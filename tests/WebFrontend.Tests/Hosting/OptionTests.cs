using Microsoft.Extensions.Logging;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>Options that cannot be meant.</summary>
public sealed class OptionTests
{
    [Theory]
    [InlineData("--Web:KnownProxies:0=0.0.0.0/0", "everyone")]
    [InlineData("--Web:KnownProxies:0=::/0", "everyone")]
    [InlineData("--Web:KnownProxies:0=nginx", "write an address")]
    [InlineData("--Web:FailedSignInsPerSource=0", "Web:FailedSignInsPerSource")]
    [InlineData("--Web:RecentSignIn=00:00:00", "Web:RecentSignIn")]
    [InlineData("--Cluster:ClusterId=", "Cluster__ClusterId")]
    [InlineData("--Cluster:Redis=localhost,foo=bar", "Cluster__Redis")]
    [InlineData("--Web:RegistrationEnabled=perhaps", "Web:RegistrationEnabled")]
    [InlineData("--Web:RegistrationEnabld=false", "Web:RegistrationEnabld is no setting")]
    [InlineData("--SessionClient:Lease=false", "SessionClient:Lease is no setting")]
    [InlineData("--Cluster:Reddis=localhost", "Cluster:Reddis is no setting")]
    public async Task F1_a_wrong_option_stops_the_start_and_says_what_to_change(string option, string advice)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var app = WebFrontendHost.Build(["--urls", "http://127.0.0.1:0", option], static builder => builder.Logging.ClearProviders());
            await app.StartAsync();
        });

        Assert.Contains(advice, StartFailure.Explain(exception), StringComparison.Ordinal);
    }
}
