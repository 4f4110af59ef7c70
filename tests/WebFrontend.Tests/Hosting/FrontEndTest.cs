using System.Net;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>A test with browsers and users of its own, at the front end and over the cluster that all such tests share.</summary>
[Collection(ClusterTests.Name)]
public abstract class FrontEndTest(Cluster cluster) : IAsyncLifetime
{
    private TestFrontEnd? _frontEnd;

    protected Cluster Cluster { get; } = cluster;

    internal TestFrontEnd FrontEnd => _frontEnd!;

    public async Task InitializeAsync() => _frontEnd = await Cluster.FrontEndAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    internal async Task<string> RegisteredAsync()
    {
        var userName = Some.UserName();
        using var browser = FrontEnd.Browser();
        using var response = await browser.RegisterAsync(userName);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return userName;
    }

    internal async Task<TestBrowser> SignedInAsync(string? userName = null)
    {
        var browser = FrontEnd.Browser();
        using var response = await browser.SignInAsync(userName ?? await RegisteredAsync());
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return browser;
    }
}
