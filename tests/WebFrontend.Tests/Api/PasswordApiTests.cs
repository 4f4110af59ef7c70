using System.Net;
using OrleansSessions.Accounts;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class PasswordApiTests(Cluster cluster) : FrontEndTest(cluster)
{
    [Fact]
    public async Task L8_a_new_password_ends_the_other_sessions_and_keeps_this_one()
    {
        var userName = await RegisteredAsync();
        using var here = await SignedInAsync(userName);
        using var there = await SignedInAsync(userName);

        using var response = await here.ChangePasswordAsync(The.Password, The.OtherPassword);

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

        using var wrong = await browser.ChangePasswordAsync("not the password", The.OtherPassword);
        using var weak = await browser.ChangePasswordAsync(The.Password, "password1");

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, weak.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
    }

    [Fact]
    public async Task Without_a_session_the_password_cannot_be_changed()
    {
        using var stranger = FrontEnd.Browser();

        using var response = await stranger.ChangePasswordAsync(The.Password, The.OtherPassword);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task T4_a_new_password_kills_copies_of_the_cookie_it_was_changed_with()
    {
        await using var other = await TestFrontEnd.StartAsync(Cluster);
        using var browser = await SignedInAsync();
        using var copyHere = browser.At(FrontEnd);
        using var copyThere = browser.At(other);
        Assert.Equal(HttpStatusCode.OK, await copyThere.StatusAsync());

        using var response = await browser.ChangePasswordAsync(The.Password, The.OtherPassword);

        Assert.NotNull(response.SetCookie("__Host-session"));
        Assert.Equal(HttpStatusCode.Unauthorized, await copyHere.StatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await copyThere.StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
        Assert.Equal(copyHere.SessionId, browser.SessionId);
    }

    [Fact]
    public async Task A_change_whose_answer_was_lost_on_the_way_is_a_change()
    {
        var lost = 0;
        await using var scope = new OwnCluster(static _ => { }, silo => silo.AddIncomingGrainCallFilter(async call =>
        {
            await call.Invoke();
            if (call.ImplementationMethod.Name == nameof(IAccountGrain.ChangePasswordAsync) && Interlocked.Exchange(ref lost, 1) == 0)
            {
                throw new TimeoutException();
            }
        }));
        await using var frontEnd = await scope.StartFrontEndAsync();
        using var browser = frontEnd.Browser();
        using var register = await browser.RegisterAsync("alice");
        using var signIn = await browser.SignInAsync("alice");

        using var response = await browser.ChangePasswordAsync(The.Password, The.OtherPassword);

        Assert.Equal(1, lost);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        using var again = await browser.SignInAsync("alice", The.OtherPassword);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
    }
}
