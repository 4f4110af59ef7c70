using System.Net;
using System.Net.Http.Json;

namespace OrleansSessions.Packages.Tests;

/// <summary>An adopter's first five minutes, from the packages and the guide alone.</summary>
public sealed class AdoptionTests(Feed feed) : IClassFixture<Feed>
{
    private static readonly string GuidePath = Path.Combine(Repository.Root, "README.md");

    [Fact]
    public async Task An_application_made_by_the_guide_signs_a_user_in_and_out()
    {
        await using var app = await NewApplication.MakeAsync(Guide.Read(GuidePath), feed);

        using var stranger = await app.SendAsync(HttpMethod.Get, "/me");
        Assert.NotEqual(HttpStatusCode.OK, stranger.StatusCode);

        using var signIn = await app.SendAsync(HttpMethod.Post, "/sign-in", content: JsonContent.Create(new { UserName = "alice", Password = "wonderland" }));
        Assert.True(signIn.IsSuccessStatusCode, $"The sign-in was answered with {signIn.StatusCode}.");
        var cookie = Assert.Single(signIn.Headers.GetValues("Set-Cookie")).Split(';')[0];

        using var known = await app.SendAsync(HttpMethod.Get, "/me", cookie);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Contains("alice", await known.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var signOut = await app.SendAsync(HttpMethod.Post, "/sign-out", cookie);
        Assert.True(signOut.StatusCode < HttpStatusCode.BadRequest, $"The sign-out was answered with {signOut.StatusCode}.");
        using var forgotten = await app.SendAsync(HttpMethod.Get, "/me", cookie);
        Assert.NotEqual(HttpStatusCode.OK, forgotten.StatusCode);
    }
}
