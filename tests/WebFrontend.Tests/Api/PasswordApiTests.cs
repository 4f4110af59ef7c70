using System.Net;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class PasswordApiTests(Cluster cluster) : FrontEndTest(cluster)
{
    [Fact]
    public async Task L8_a_new_password_ends_the_other_sessions_and_keeps_this_one()
    {
        var userName = await RegisteredAsync();
        using var here = await SignedInAsync(userName);
        using var there = await SignedInAsync(userName);

        using var response = await ChangeAsync(here, The.Password, The.OtherPassword);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await here.StatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await there.StatusAsync());
        using var old = await there.SignInAsync(userName);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        using var fresh = await there.SignInAsync(userName, The.OtherPassword);
        Assert.Equal(HttpStatusCode.Created, fresh.StatusCode);
    }

    [Fact]
    public async Task A_wrong_current_password_answers_401_and_a_bad_new_one_400()
    {
        using var browser = await SignedInAsync();

        using var wrong = await ChangeAsync(browser, "not the password", The.OtherPassword);
        using var weak = await ChangeAsync(browser, The.Password, "password1");

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, weak.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
    }

    [Fact]
    public async Task Without_a_session_the_password_cannot_be_changed()
    {
        using var stranger = FrontEnd.Browser();

        using var response = await ChangeAsync(stranger, The.Password, The.OtherPassword);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static Task<HttpResponseMessage> ChangeAsync(TestBrowser browser, string currentPassword, string newPassword) =>
        browser.PostJsonAsync("/api/account/password", new { currentPassword, newPassword });
}
