using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using NSubstitute;

namespace OrleansSessions.AspNetCore.Tests;

public sealed class RecentSignInTests
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    private static readonly AuthorizationPolicy Policy =
        new AuthorizationPolicyBuilder(SessionDefaults.AuthenticationScheme).RequireRecentSignIn(MaxAge).Build();

    public static TheoryData<int> MinutesAhead => [0, 15, -60];

    [Theory]
    [MemberData(nameof(MinutesAhead))]
    public async Task F16_C20_a_recent_proof_is_recent_whatever_the_wall_clock_says(int minutesAhead)
    {
        var clock = new PausingClock { Ahead = TimeSpan.FromMinutes(minutesAhead) };

        Assert.True(await IsRecentAsync(clock, MaxAge - TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [MemberData(nameof(MinutesAhead))]
    public async Task F16_C20_a_stale_proof_is_stale_whatever_the_wall_clock_says(int minutesAhead)
    {
        var clock = new PausingClock { Ahead = TimeSpan.FromMinutes(minutesAhead) };

        Assert.False(await IsRecentAsync(clock, MaxAge + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task F16_a_proof_ages_while_its_answer_is_kept_and_from_before_it_was_asked_for()
    {
        var clock = new PausingClock();
        var onTheWay = TimeSpan.FromSeconds(1);
        var kept = TimeSpan.FromSeconds(2);

        Assert.True(await IsRecentAsync(clock, MaxAge - onTheWay - kept, onTheWay, kept));
        Assert.False(await IsRecentAsync(clock, MaxAge - onTheWay - kept + TimeSpan.FromTicks(1), onTheWay, kept));
    }

    [Fact]
    public async Task F16_a_proof_just_given_is_recent_in_the_same_request()
    {
        var clock = new PausingClock { Ahead = TimeSpan.FromMinutes(15) };
        var token = SessionToken.Create();
        await using var application = Start(clock, token, MaxAge + MaxAge);
        var context = application.Request(token);
        await context.AuthenticateAsync();
        clock.Advance(TimeSpan.FromSeconds(1));

        await application.Browser.ReauthenticateAsync(context);

        Assert.Equal(TimeSpan.Zero, context.SessionFeature().AuthenticationAge);
    }

    [Fact]
    public async Task Where_there_is_no_session_there_is_no_age()
    {
        await using var application = Start(new PausingClock(), SessionToken.Create(), TimeSpan.Zero);

        Assert.Null(application.Request().SessionFeature().AuthenticationAge);
    }

    private static async Task<bool> IsRecentAsync(PausingClock clock, TimeSpan age, TimeSpan onTheWay = default, TimeSpan kept = default)
    {
        var token = SessionToken.Create();
        await using var application = Start(clock, token, age, onTheWay);
        await application.Request(token).AuthenticateAsync();
        clock.Advance(kept);
        var context = application.Request(token);
        var result = await context.AuthenticateAsync();
        return (await application.Get<IAuthorizationService>().AuthorizeAsync(result.Principal!, context, Policy)).Succeeded;
    }

    private static TestApplication Start(PausingClock clock, SessionToken token, TimeSpan age, TimeSpan onTheWay = default)
    {
        var client = Substitute.For<IClusterClient>();
        var application = new TestApplication(client, clock);
        var ticket = TicketSeal.Seal(
            token, new AuthenticationTicket(TestApplication.User("ann"), SessionDefaults.AuthenticationScheme));
        client.CreateObjectReference<ILeaseHolder>(Arg.Any<IGrainObserver>()).Returns(Substitute.For<ILeaseHolder>());
        client.GetGrain(Arg.Any<GrainId>(), Arg.Any<GrainInterfaceType>()).Returns(new ScriptedSession
        {
            OnValidate = _ =>
            {
                clock.Advance(onTheWay);
                return Task.FromResult(new SessionValidationResult
                {
                    Status = SessionStatus.Active,
                    Session = Some.Session(token, ticket, age),
                    Lease = TimeSpan.FromSeconds(5),
                });
            },
            OnRotate = _ => Task.FromResult(new RotationResult(SessionStatus.Active, Some.Session(token, ticket))),
        });
        return application;
    }
}
