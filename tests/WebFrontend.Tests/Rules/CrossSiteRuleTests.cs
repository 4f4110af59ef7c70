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
            Judge(method, new StringValues(fetchSite), new StringValues(origin)) is RequestOrigin.Foreign or RequestOrigin.Undisclosed);

    [Fact]
    public void G7_contradicting_headers_are_refused() =>
        Assert.Equal(RequestOrigin.Foreign, Judge("POST", new StringValues(["same-origin", "cross-site"]), default));

    [Theory]
    [InlineData("https", "here.example:443", "https://here.example", true)]
    [InlineData("https", "here.example", "https://here.example:443", true)]
    [InlineData("http", "here.example:80", "http://here.example", true)]
    [InlineData("https", "HERE.example", "https://here.EXAMPLE", true)]
    [InlineData("http", "[::1]:8080", "http://[::1]:8080", true)]
    [InlineData("http", "[::1]", "http://[0:0:0:0:0:0:0:1]:80", true)]
    [InlineData("https", "b\u00fccher.example", "https://xn--bcher-kva.example", true)]
    [InlineData("https", "here.example:80", "https://here.example", false)]
    [InlineData("http", "here.example:443", "https://here.example", false)]
    [InlineData("https", "here.example:443", "http://here.example", false)]
    [InlineData("https", "here.example", "https://here.example.evil.example", false)]
    [InlineData("https", "here.example", "https://here.example@evil.example", false)]
    [InlineData("https", "here.example", "https://user@here.example", false)]
    [InlineData("https", "here.example", "https://here.example/", false)]
    [InlineData("https", "here.example", "https://here.example/path", false)]
    [InlineData("https", "here.example", "https://here.example?", false)]
    [InlineData("https", "here.example", "//here.example", false)]
    [InlineData("https", "here.example", "here.example", false)]
    [InlineData("https", "here.example", "file://here.example", false)]
    [InlineData("https", "here.example", "https://evil.example, https://here.example", false)]
    [InlineData("https", "", "https://", false)]
    public void C07_origins_are_compared_by_scheme_host_and_effective_port(string scheme, string host, string origin, bool own) =>
        Assert.Equal(
            own ? RequestOrigin.Own : RequestOrigin.Foreign,
            CrossSiteRule.Judge("POST", default, new StringValues(origin), scheme, new HostString(host)));

    private static RequestOrigin Judge(string method, StringValues fetchSite, StringValues origin) =>
        CrossSiteRule.Judge(method, fetchSite, origin, "https", new HostString("here.example"));
}
