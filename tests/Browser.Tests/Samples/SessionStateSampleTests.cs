using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Browser.Tests.Samples;

public sealed class SessionStateSampleTests
{
    [Fact]
    public async Task L6_a_basket_follows_its_owner_into_the_session_and_goes_with_it()
    {
        await using var sample = await Sample.StartAsync("SessionState");
        using var browser = new SampleClient(sample);
        await browser.PostAsync("/basket/apples");
        await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(_ => new[] { browser.PostAsync("/basket/apples"), browser.PostAsync("/basket/pears") }));
        Assert.Contains("\"apples\":11", await browser.ReadAsync("/basket"), StringComparison.Ordinal);
        Assert.Contains("\"pears\":10", await browser.ReadAsync("/basket"), StringComparison.Ordinal);

        await browser.PostAsync("/sign-in/ann");
        Assert.Contains("\"apples\":11", await browser.ReadAsync("/basket"), StringComparison.Ordinal);

        await browser.PostAsync("/sign-out");
        Assert.Equal("{}", await browser.ReadAsync("/basket"));
    }

    [RequiresProgramFact("redis-server")]
    public async Task I1_a_basket_in_Redis_outlives_its_server_and_ends_with_the_session_at_another_one()
    {
        using var folder = new TemporaryFolder();
        var port = Ports.Next();
        await using var redis = ChildProcess.Start(
            "redis", Programs.Find("redis-server")!, ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder.Path, "--save", "", "--appendonly", "yes"]);
        var address = $"--OrleansSessions:Redis=127.0.0.1:{port}";
        var cookies = new Dictionary<string, string>();
        await using (var first = await Sample.StartAsync("SessionState", address))
        {
            using var browser = new SampleClient(first);
            await Wait.UntilAsync(async () => (await browser.PostAsync("/sign-in/ann")).IsSuccessStatusCode, TimeSpan.FromSeconds(60), "the silo answers");
            await browser.PostAsync("/basket/apples");
            cookies = browser.Cookies;
        }

        await using var second = await Sample.StartAsync("SessionState", address);
        using var elsewhere = new SampleClient(second);
        foreach (var (name, value) in cookies)
        {
            elsewhere.Cookies.Add(name, value);
        }

        await Wait.UntilAsync(async () => await elsewhere.ReadAsync("/basket") == """{"apples":1}""", TimeSpan.FromSeconds(60), "the basket is there");
        await elsewhere.PostAsync("/sign-out");
        Assert.Equal("{}", await elsewhere.ReadAsync("/basket"));
    }
}
