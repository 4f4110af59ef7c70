using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OrleansSessions.Accounts;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>Text that keyboards and networks spell in more than one way.</summary>
public sealed class TextTests(Cluster cluster) : FrontEndTest(cluster)
{
    [Theory]
    [InlineData("P\u00e4sse sind sch\u00f6n", "Pa\u0308sse sind scho\u0308n")]
    [InlineData("\u304c\u304e\u3050\u3052\u3054 \u3070\u3073\u3076", "\u304b\u3099\u304d\u3099\u304f\u3099\u3051\u3099\u3053\u3099 \u306f\u3099\u3072\u3099\u3075\u3099")]
    [InlineData("otter lamp gravel", "\uff4f\uff54\uff54\uff45\uff52 lamp gravel")]
    public async Task C21_a_password_is_the_same_however_it_is_composed(string one, string other)
    {
        foreach (var (chosen, typed) in new[] { (one, other), (other, one) })
        {
            var userName = Some.UserName();
            using var browser = FrontEnd.Browser();
            using var register = await browser.RegisterAsync(userName, chosen);
            Assert.Equal(HttpStatusCode.Created, register.StatusCode);

            using var signIn = await browser.SignInAsync(userName, typed);
            Assert.Equal(HttpStatusCode.Created, signIn.StatusCode);
            using var again = await browser.ReauthenticateAsync(chosen);
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            using var change = await browser.ChangePasswordAsync(typed, The.OtherPassword);
            Assert.Equal(HttpStatusCode.NoContent, change.StatusCode);
        }
    }

    [Fact]
    public async Task C21_a_hash_of_the_text_as_it_came_is_taken_and_renewed()
    {
        const string Raw = "Pa\u0308sse sind scho\u0308n";
        const string Normal = "P\u00e4sse sind sch\u00f6n";
        var userName = Some.UserName();
        var hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 500 }));
        await Cluster.Client.GetAccount(userName).RegisterAsync(new AccountRegistration(userName, hasher.HashPassword(new object(), Raw)));
        using var browser = FrontEnd.Browser();

        using var other = await browser.SignInAsync(userName, Normal);
        using var first = await browser.SignInAsync(userName, Raw);
        using var second = await browser.SignInAsync(userName, Normal);
        using var third = await browser.SignInAsync(userName, Raw);

        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
        Assert.All([first, second, third], static response => Assert.Equal(HttpStatusCode.Created, response.StatusCode));
    }

    [Fact]
    public async Task C21_half_a_surrogate_pair_is_no_error()
    {
        using var browser = FrontEnd.Browser();

        using var response = await browser.SubmitAsync("/sign-in", new() { ["UserName"] = "a1", ["Password"] = "\uD800" });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:127.0.0.0/104")]
    public async Task C22_an_IPv4_address_is_shown_as_such_however_it_comes(string proxy)
    {
        await using var behindProxy = await TestFrontEnd.StartAsync(Cluster, null, $"--OrleansSessions:Web:KnownProxies:0={proxy}");
        using var browser = behindProxy.Browser();
        browser.Headers["X-Forwarded-For"] = "::ffff:203.0.113.9";
        using var signIn = await browser.SignInAsync(await RegisteredAsync());

        using var list = await browser.GetAsync("/api/sessions");

        Assert.Equal("203.0.113.9", (await TestBrowser.ReadJsonAsync(list))[0].GetProperty("address").GetString());
    }

    [Theory]
    [InlineData("o'brien@example.com", "O\u2019Brien@example.com")]
    [InlineData("J\u00f6rg", "jo\u0308rg\u200b")]
    [InlineData("\u0418\u0432\u0430\u043d", "\ufeff\u0438\u0432\u0430\u043d ")]
    public async Task C34_names_that_people_have_are_one_account_in_all_their_spellings(string name, string spelling)
    {
        using var browser = FrontEnd.Browser();
        using var register = await browser.RegisterAsync(name);
        using var signIn = await browser.SignInAsync(spelling);
        using var again = await browser.RegisterAsync(spelling);

        Assert.Equal(HttpStatusCode.Created, register.StatusCode);
        Assert.Equal(HttpStatusCode.Created, signIn.StatusCode);
        Assert.Equal(name, (await TestBrowser.ReadJsonAsync(signIn)).GetProperty("userName").GetString());
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }
}
