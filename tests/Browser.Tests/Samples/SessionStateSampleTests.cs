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
}
