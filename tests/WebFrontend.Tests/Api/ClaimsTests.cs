using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>What an application makes of a user's claims.</summary>
public sealed class ClaimsTests(Cluster cluster) : FrontEndTest(cluster)
{
    [Fact]
    public async Task L11_what_one_request_adds_to_its_users_claims_the_next_one_does_not_find()
    {
        var roles = new AddsARole();
        await using var frontEnd = await TestFrontEnd.StartAsync(
            Cluster, builder => builder.Services.AddSingleton<IClaimsTransformation>(roles));
        using var browser = (await SignedInAsync()).At(frontEnd);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
        }

        Assert.Equal([0, 0, 0], roles.Found);
    }

    /// <summary>As applications do that keep roles in a database of their own.</summary>
    private sealed class AddsARole : IClaimsTransformation
    {
        public List<int> Found { get; } = [];

        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            Found.Add(principal.FindAll(ClaimTypes.Role).Count());
            principal.Identities.First().AddClaim(new Claim(ClaimTypes.Role, "editor"));
            return Task.FromResult(principal);
        }
    }
}
