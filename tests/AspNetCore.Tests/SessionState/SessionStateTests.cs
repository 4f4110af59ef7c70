using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.Testing;

namespace OrleansSessions.AspNetCore.Tests.SessionState;

/// <summary>Session state as applications use it; where the stock session has a test of the same case, by that name.</summary>
public sealed class SessionStateTests : IAsyncLifetime
{
    private static readonly TaskCompletionSource Reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static readonly TaskCompletionSource Released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static readonly TaskCompletionSource<ISessionFeature?> FeatureAfterwards = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TestSilos _silos = null!;
    private LiveApplication _application = null!;

    public async Task InitializeAsync()
    {
        _silos = await TestSilos.StartAsync();
        _application = await LiveApplication.StartAsync(
            _silos,
            static services => services.AddOrleansSessionState(static options => (options.MaxValueBytes, options.MaxTotalBytes) = (1_000, 3_000)),
            Map);
    }

    public async Task DisposeAsync()
    {
        await _application.DisposeAsync();
        await _silos.DisposeAsync();
    }

    [Fact]
    public async Task ReadingEmptySessionDoesNotCreateCookie()
    {
        using var browser = _application.NewBrowser();
        var before = _silos.Store.Count;

        Assert.Equal("", await browser.GetAsync("/get/key"));

        Assert.Empty(browser.Cookies);
        Assert.Equal(before, _silos.Store.Count);
    }

    [Fact]
    public async Task SettingAValueCausesTheCookieToBeCreated()
    {
        using var browser = _application.NewBrowser();

        await browser.PostAsync("/set/key/value");

        Assert.Single(browser.Cookies);
    }

    [Fact]
    public async Task SessionCanBeAccessedOnTheNextRequest()
    {
        using var browser = _application.NewBrowser();
        await browser.PostAsync("/set/key/value");

        Assert.Equal("value", await browser.GetAsync("/get/key"));
        Assert.Equal("value", await browser.GetAsync("/get/key"));
        Assert.Equal(await browser.GetAsync("/id"), await browser.GetAsync("/id"));
    }

    [Fact]
    public async Task RemovedItemCannotBeAccessedAgain()
    {
        using var browser = _application.NewBrowser();
        await browser.PostAsync("/set/key/value");
        await browser.PostAsync("/set/other/value");
        await browser.PostAsync("/remove/key");

        Assert.Equal("", await browser.GetAsync("/get/key"));
        Assert.Equal("value", await browser.GetAsync("/get/other"));
    }

    [Fact]
    public async Task ClearedItemsCannotBeAccessedAgain()
    {
        using var browser = _application.NewBrowser();
        await browser.PostAsync("/set/key/value");
        await browser.PostAsync("/clear");

        Assert.Equal("", await browser.GetAsync("/get/key"));
        Assert.Equal("", await browser.GetAsync("/keys"));
    }

    [Fact]
    public async Task SessionKeys_AreCaseSensitive()
    {
        using var browser = _application.NewBrowser();
        await browser.PostAsync("/set/KEY/VALUE");
        await browser.PostAsync("/set/key/value");

        Assert.Equal("VALUE", await browser.GetAsync("/get/KEY"));
        Assert.Equal("value", await browser.GetAsync("/get/key"));
    }

    [Fact]
    public async Task RefreshesSession_WhenSessionData_IsNotModified()
    {
        using var browser = _application.NewBrowser();
        await browser.PostAsync("/set/key/value");
        for (var i = 0; i < 5; i++)
        {
            _silos.Advance(TimeSpan.FromMinutes(10));
            await browser.GetAsync("/get/key");
        }

        Assert.Equal("value", await browser.GetAsync("/get/key"));
        _silos.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal("", await browser.GetAsync("/get/key"));
    }

    [Fact]
    public async Task SessionFeature_IsUnregistered_WhenResponseGoingOut()
    {
        using var browser = _application.NewBrowser();

        await browser.GetAsync("/get/key?feature");

        Assert.Null(await FeatureAfterwards.Task);
    }

    [Fact]
    public async Task SettingAValue_AfterTheResponseHasStarted_Throws()
    {
        using var browser = _application.NewBrowser();

        Assert.Equal("begun; InvalidOperationException", await browser.PostAsync("/late/key"));
    }

    [Fact]
    public async Task Concurrent_requests_that_change_different_keys_lose_nothing()
    {
        using var browser = _application.NewBrowser();
        await browser.PostAsync("/set/first/value");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => browser.PostAsync($"/set/key-{i}/value")));

        Assert.Equal(21, (await browser.GetAsync("/keys")).Split(' ').Length);
    }

    [Fact]
    public async Task A_counter_under_TryCommitAsync_loses_no_step()
    {
        using var browser = _application.NewBrowser();
        await browser.PostAsync("/set/first/value");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => browser.PostAsync("/count")));

        Assert.Equal("10", await browser.GetAsync("/get/counter"));
    }

    [Fact]
    public async Task Values_that_are_too_large_are_refused_with_what_to_change()
    {
        using var browser = _application.NewBrowser();

        Assert.StartsWith("The value takes 1001 bytes; one may take 1000.", await browser.PostAsync("/fill/key/1001"), StringComparison.Ordinal);
        Assert.Equal("kept", await browser.PostAsync("/fill/one/1000"));
        Assert.Equal("kept", await browser.PostAsync("/fill/two/1000"));
        Assert.Contains("raise SessionStateOptions.MaxTotalBytes", await browser.PostAsync("/fill/three/1000"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_that_loads_synchronously_is_warned_once()
    {
        using var browser = _application.NewBrowser();
        await browser.PostAsync("/set/key/value");
        await browser.GetAsync("/get/key");
        Assert.Empty(_application.Log);

        Assert.Equal("value", await browser.GetAsync("/get-at-once/key"));
        Assert.Equal("value", await browser.GetAsync("/get-at-once/key"));

        Assert.Equal(["SessionStateLoadedSynchronously"], _application.Log);
    }

    [Fact]
    public async Task I8_the_store_reveals_neither_keys_nor_values_nor_the_cookie()
    {
        using var browser = _application.NewBrowser();
        await browser.PostAsync("/set/basket/three-apples");

        var stored = string.Join('\n', _silos.Store.Texts);

        Assert.Contains("entries", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("basket", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("three-apples", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("three-apples"u8), stored, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Cookies.Values.Single(), stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task L6_bound_state_follows_the_sign_in_and_is_gone_after_the_sign_out()
    {
        using var browser = _application.NewBrowser();
        await browser.PostAsync("/set/basket/apples");
        await browser.PostAsync("/sign-in-and-bind/ann");
        Assert.Equal("apples", await browser.GetAsync("/get/basket"));

        await browser.PostAsync("/sign-out");

        Assert.Equal("", await browser.GetAsync("/get/basket"));
        await browser.PostAsync("/set/basket/pears");
        Assert.Equal("pears", await browser.GetAsync("/get/basket"));
    }

    [Fact]
    public async Task A_second_sign_in_begins_with_an_empty_state_of_its_own()
    {
        using var browser = _application.NewBrowser();
        await browser.PostAsync("/set/basket/apples");
        await browser.PostAsync("/sign-in-and-bind/ann");

        Assert.Equal("bound", await browser.PostAsync("/sign-in-and-bind/bob"));

        Assert.Equal("", await browser.GetAsync("/get/basket"));
        await browser.PostAsync("/set/basket/pears");
        await browser.PostAsync("/sign-out");
        Assert.Equal("", await browser.GetAsync("/get/basket"));
    }

    [Fact]
    public async Task I5_a_planted_cookie_reads_nothing_of_the_state_that_was_bound()
    {
        using var victim = _application.NewBrowser();
        using var thief = _application.NewBrowser();
        await victim.PostAsync("/set/basket/apples");
        thief.Cookies.Add(victim.Cookies.Single().Key, victim.Cookies.Single().Value);

        await victim.PostAsync("/sign-in-and-bind/ann");
        await victim.PostAsync("/set/address/home");

        Assert.Equal("", await thief.GetAsync("/get/basket"));
        Assert.Equal("", await thief.GetAsync("/get/address"));
        Assert.Equal("home", await victim.GetAsync("/get/address"));
    }

    [Fact]
    public async Task L6_a_request_that_commits_after_the_end_writes_nothing_and_says_so()
    {
        using var browser = _application.NewBrowser();
        await browser.PostAsync("/set/basket/apples");
        await browser.PostAsync("/sign-in-and-bind/ann");
        var slow = browser.PostAsync("/slow/late");
        await Reached.Task;

        await browser.PostAsync("/sign-out");
        Released.SetResult();

        Assert.Equal("Ended", await slow);
        Assert.Contains("SessionStateRefused", _application.Log);
        Assert.Equal("", await browser.GetAsync("/get/late"));
    }

    [Fact]
    public async Task While_the_store_is_away_state_is_unavailable_and_its_Id_is_empty()
    {
        using var browser = _application.NewBrowser();
        await browser.PostAsync("/set/key/value");
        await _silos.DeactivateAsync(_silos.Cluster.Client.GetSessionData(DataKeys().Single()));
        _silos.Store.IsDown = true;

        Assert.Equal("False \"\"", await browser.GetAsync("/state"));

        _silos.Store.IsDown = false;
        Assert.Equal("value", await browser.GetAsync("/get/key"));
    }

    [Fact]
    public async Task Front_ends_that_share_no_keys_share_the_state_under_UseOrleansSessionState()
    {
        await using var one = await StartAloneAsync();
        await using var two = await StartAloneAsync();
        using var browser = one.NewBrowser();
        using var elsewhere = two.NewBrowser();

        await browser.PostAsync("/set/value");
        elsewhere.Cookies.Add(browser.Cookies.Single().Key, browser.Cookies.Single().Value);

        Assert.Equal("value", await elsewhere.GetAsync("/get"));
    }

    [Fact]
    public async Task T5_a_key_that_was_made_up_stores_nothing_and_keeps_no_activation()
    {
        await using var application = await StartAloneAsync();
        using var browser = application.NewBrowser();
        var before = _silos.Store.Count;
        browser.Cookies.Add(".AspNetCore.Session", Uri.EscapeDataString(Convert.ToBase64String("00000000-0000-0000-0000-000000000000"u8)));

        Assert.Equal("", await browser.GetAsync("/get"));

        Assert.Equal(before, _silos.Store.Count);
        await _silos.Cluster.WaitForDeactivationAsync(_silos.Cluster.Client.GetSessionData(SessionStateKey.Derive("00000000-0000-0000-0000-000000000000").DataKey));
    }

    private Task<LiveApplication> StartAloneAsync() => LiveApplication.StartAsync(
        _silos,
        static services =>
        {
            services.AddOrleansSessionState();
            services.AddDataProtection().UseEphemeralDataProtectionProvider();
        },
        static application =>
        {
            application.UseOrleansSessionState();
            application.MapGet("/get", static (HttpContext context) => context.Session.GetString("key") ?? "");
            application.MapPost("/set/{value}", static async (HttpContext context, string value) =>
            {
                context.Session.SetString("key", value);
                await context.Session.CommitAsync();
                return "set";
            });
        });

    private IEnumerable<string> DataKeys() => _silos.Store.Grains
        .Where(static grain => grain.Type.ToString() == GrainTypes.SessionData).Select(static grain => grain.Key.ToString()!);

    private static void Map(WebApplication application)
    {
        application.Use(static async (context, next) =>
        {
            await next();
            if (context.Request.QueryString.HasValue)
            {
                FeatureAfterwards.SetResult(context.Features.Get<ISessionFeature>());
            }
        });
        application.UseSession();
        application.Use(static async (context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/get-at-once", StringComparison.Ordinal) || context.Request.Path == "/state")
            {
                await next();
                return;
            }

            await context.Session.LoadAsync();
            await next();
        });
        application.MapGet("/get/{key}", static (HttpContext context, string key) => context.Session.GetString(key) ?? "");
        application.MapGet("/get-at-once/{key}", static (HttpContext context, string key) => context.Session.GetString(key) ?? "");
        application.MapGet("/keys", static (HttpContext context) => string.Join(' ', context.Session.Keys.Order()));
        application.MapGet("/id", static (HttpContext context) => context.Session.Id);
        application.MapGet("/state", static (HttpContext context) => $"{context.Session.IsAvailable} \"{context.Session.Id}\"");
        application.MapPost("/set/{key}/{value}", static async (HttpContext context, string key, string value) =>
        {
            context.Session.SetString(key, value);

            // Or else the next request might be here before the end of this one.
            await context.Session.CommitAsync();
            return "set";
        });
        application.MapPost("/remove/{key}", static async (HttpContext context, string key) =>
        {
            context.Session.Remove(key);
            await context.Session.CommitAsync();
            return "removed";
        });
        application.MapPost("/clear", static async (HttpContext context) =>
        {
            context.Session.Clear();
            await context.Session.CommitAsync();
            return "cleared";
        });
        application.MapPost("/fill/{key}/{bytes}", static async (HttpContext context, string key, int bytes) =>
        {
            try
            {
                context.Session.Set(key, new byte[bytes]);
                await context.Session.CommitAsync();
                return "kept";
            }
            catch (SessionStateRefusedException e)
            {
                return e.Message;
            }
        });
        application.MapPost("/count", static async (HttpContext context) =>
        {
            do
            {
                await context.Session.LoadAsync();
                var counter = int.Parse(context.Session.GetString("counter") ?? "0", CultureInfo.InvariantCulture);
                context.Session.SetString("counter", (counter + 1).ToString(CultureInfo.InvariantCulture));
            }
            while (!await context.Session.TryCommitAsync());
            return "counted";
        });
        application.MapPost("/late/{key}", static async (HttpContext context, string key) =>
        {
            await context.Response.WriteAsync("begun; ");
            await context.Response.Body.FlushAsync();
            try
            {
                context.Session.SetString(key, "value");
            }
            catch (InvalidOperationException e)
            {
                await context.Response.WriteAsync(e.GetType().Name);
            }
        });
        application.MapPost("/sign-in-and-bind/{user}", static async (HttpContext context, string user) =>
        {
            await context.RequestServices.GetRequiredService<IBrowserSessions>()
                .SignInAsync(context, new BrowserSignIn(TestApplication.User(user)));
            await context.BindSessionStateAsync();
            return "bound";
        });
        application.MapPost("/slow/{key}", static async (HttpContext context, string key) =>
        {
            context.Session.SetString(key, "value");
            Reached.SetResult();
            await Released.Task;
            try
            {
                await context.Session.CommitAsync();
                return "kept";
            }
            catch (SessionStateRefusedException e)
            {
                return e.Status.ToString();
            }
        });
    }
}
