using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class CrossSiteRuleTests
{
    [Theory]
    [InlineData("POST", "same-origin", null, false)]
    [InlineData("POST", "none", null, false)]
    [InlineData("POST", null, null, false)]
    [InlineData("POST", null, "https://here.example", false)]
    [InlineData("POST", "same-origin", "https://behind.a.proxy.example", false)]
    [InlineData("GET", "cross-site", "https://evil.example", false)]
    [InlineData("POST", "cross-site", null, true)]
    [InlineData("POST", "same-site", null, true)]
    [InlineData("POST", "same-site", "https://here.example", true)]
    [InlineData("POST", "unheard-of", null, true)]
    [InlineData("POST", "", null, true)]
    [InlineData("DELETE", "cross-site", null, true)]
    [InlineData("POST", null, "https://evil.example", true)]
    [InlineData("POST", null, "http://here.example", true)]
    [InlineData("POST", null, "https://here.example:8443", true)]
    [InlineData("POST", null, "https://sub.here.example", true)]
    [InlineData("POST", null, "null", true)]
    [InlineData("POST", null, "", true)]
    public void G7_only_this_site_changes_anything(string method, string? fetchSite, string? origin, bool refused) =>
        Assert.Equal(
            refused,
            CrossSiteRule.Refuses(method, new StringValues(fetchSite), new StringValues(origin), "https", new HostString("here.example")));

    [Fact]
    public void G7_contradicting_headers_are_refused() =>
        Assert.True(CrossSiteRule.Refuses(
            "POST", new StringValues(["same-origin", "cross-site"]), default, "https", new HostString("here.example")));
}
