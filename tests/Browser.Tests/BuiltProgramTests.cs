using System.Net;
using System.Net.Http.Json;
using OrleansSessions.Cluster.Tests.Harness;
using static OrleansSessions.Browser.Tests.PageExtensions;

namespace OrleansSessions.Browser.Tests;

/// <summary>What depends on how the programs are built and run, and not on their code alone.</summary>
public sealed class BuiltProgramTests(Site site) : IClassFixture<Site>
{
    [RequiresProgramFact("chromium")]
    public async Task C21_the_program_as_built_takes_a_password_however_it_is_composed()
    {
        var userName = SomeUser();
        using var client = new HttpClient { BaseAddress = new Uri(site.One) };

        using var register = await client.PostAsJsonAsync("/api/accounts", new { userName, password = "P\u00e4sse sind sch\u00f6n" });
        using var signIn = await client.PostAsJsonAsync("/api/session", new { userName, password = "Pa\u0308sse sind scho\u0308n" });

        Assert.Equal(HttpStatusCode.Created, register.StatusCode);
        Assert.Equal(HttpStatusCode.Created, signIn.StatusCode);
    }

    [Fact]
    public async Task C21_a_front_end_that_cannot_normalise_does_not_start_and_says_what_to_change()
    {
        await using var frontEnd = BuiltProgram.Start(
            "WebFrontend", "front end", [$"--urls=http://127.0.0.1:{Ports.Next()}"],
            new Dictionary<string, string> { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" });

        Assert.Equal(1, await frontEnd.WaitForExitAsync());
        await Wait.UntilAsync(
            () => frontEnd.Output.Contains("InvariantGlobalization", StringComparison.Ordinal), TimeSpan.FromSeconds(10), "it says why");
    }
}
