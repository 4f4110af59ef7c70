using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrleansSessions.Redis;
using OrleansSessions.Testing;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>What a session's life leaves behind in records, logs, metrics and traces, with claims that an application adds.</summary>
/// <remarks>Allowed in clear: the subject, the session ID, and a secret's hash in its record.</remarks>
public sealed class SecretsTests : IAsyncLifetime, IDisposable
{
    private const string Subject = "subject-of-the-test";

    private readonly string _claim = $"claim-{RandomNumberGenerator.GetHexString(16)}";
    private readonly string _role = $"role-{RandomNumberGenerator.GetHexString(16)}";
    private readonly string _laterRole = $"later-{RandomNumberGenerator.GetHexString(16)}";
    private readonly Records _records = new();
    private readonly FakeTimeProvider _clock = new(ReleasedRecord.LastSeenAt);
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _traces = new();
    private TestSilos _silos = null!;
    private TestApplication _application = null!;
    private ScriptedStore _store = null!;

    public async Task InitializeAsync()
    {
        Listen();
        _silos = await TestSilos.StartAsync(new TestStore(_clock), _clock, 1, KeepLogs);
        _store = new ScriptedStore(_clock) { Now = _clock.GetUtcNow() };
        _application = new TestApplication(_silos.Cluster.Client, configure: services =>
        {
            KeepLogs(services);
            services.AddSingleton<IStoreConnection>(_store);
            services.PostConfigure<SessionClientOptions>(static options => options.DirectReads = true);
            services.AddSingleton<IClaimsSource>(new AddsRole(_laterRole));
        });
        var storeTime = _application.Get<StoreTime>();
        await storeTime.StartAsync(CancellationToken.None);
        await Wait.UntilAsync(() => storeTime.IsKnown);
    }

    public void Dispose()
    {
        _meters.Dispose();
        _traces.Dispose();
        _store.Dispose();
        _records.Dispose();
    }

    public async Task DisposeAsync()
    {
        await _application.Get<StoreTime>().StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        await _silos.DisposeAsync();
    }

    [Fact]
    public async Task I8_no_secret_and_no_claim_is_found_in_records_logs_metrics_or_traces()
    {
        var first = await SignInAsync();
        var records = new StringBuilder(TextOf(first));
        for (var i = 0; i < 4; i++)
        {
            Assert.True((await AuthenticateAsync(first)).Principal!.IsInRole(_role));
        }

        var second = await ReauthenticateAsync(first);
        records.Append(TextOf(second));
        await AuthenticateAsync(first);
        await _application.Administration.RefreshClaimsAsync(Subject);
        Assert.True((await AuthenticateAsync(second)).Principal!.IsInRole(_laterRole));
        records.Append(TextOf(second));

        // A store that fails, and a record that is damaged.
        _store.OnRead = _ => throw Some.StoreFailure("RedisTimeoutException");
        await AuthenticateAsync(second.Rotate());
        Assert.True(await _application.Browser.SignOutAsync(_application.Request(second)));
        records.Append(TextOf(second));
        var other = await SignInAsync();
        _silos.Store.Put(_silos.Session(other.SessionId).GetGrainId(), "{\"v\":1,\"sub\":[]}");
        await _silos.DeactivateAsync(_silos.Session(other.SessionId));
        await AuthenticateAsync(other);

        _meters.RecordObservableInstruments();
        Assert.Contains("source memory", _records.Text, StringComparison.Ordinal);
        Assert.Contains("source store", _records.Text, StringComparison.Ordinal);
        Assert.Contains("source grain", _records.Text, StringComparison.Ordinal);
        Assert.Contains(first.SessionId, _records.Text, StringComparison.Ordinal);
        Assert.Contains(first.SecretHash.ToBase64Url(), records.ToString(), StringComparison.Ordinal);
        foreach (var token in new[] { first, second, other })
        {
            var key = new byte[SessionToken.SealingKeySize];
            token.DeriveSealingKey(key);
            AssertAbsent(token.ToCookieValue()[SessionToken.SessionIdLength..], _records.Text + records);
            Assert.Null(Spellings.Find(_records.Text + records, key));
            AssertAbsent(token.SecretHash.ToBase64Url(), _records.Text);
        }

        Assert.All([_claim, _role, _laterRole], claim => AssertAbsent(claim, _records.Text + records));
    }

    /// <summary>The look-out finds what there is, or else it proves nothing.</summary>
    [Theory]
    [InlineData("in clear: distinctive")]
    [InlineData("64697374696e6374697665")]
    [InlineData("ZGlzdGluY3RpdmU=")]
    [InlineData("eGRpc3RpbmN0aXZleA==")]
    [InlineData("eHhkaXN0aW5jdGl2ZXh4")]
    public void A_secret_is_found_in_each_spelling(string where) => Assert.NotNull(Spellings.Find(where, "distinctive"));

    private void KeepLogs(IServiceCollection services) => services.AddLogging(logging =>
    {
        logging.SetMinimumLevel(LogLevel.Trace);
        logging.AddProvider(_records);
    });

    private void Listen()
    {
        _meters.InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => _records.Add(instrument.Name, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => _records.Add(instrument.Name, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => _records.Add(instrument.Name, tags));
        _meters.Start();
        _traces.ShouldListenTo = static _ => true;
        _traces.Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded;
        _traces.ActivityStopped = activity => _records.Add(activity.DisplayName, [.. activity.TagObjects]);
        ActivitySource.AddActivityListener(_traces);
    }

    private async Task<SessionToken> SignInAsync()
    {
        var user = TestApplication.User(Subject);
        user.Identities.First().AddClaims([new Claim("department", _claim), new Claim(ClaimTypes.Role, _role)]);
        var context = _application.Request();
        await _application.Browser.SignInAsync(context, new BrowserSignIn(user));
        return TestApplication.TokenIn(context)!.Value;
    }

    private async Task<SessionToken> ReauthenticateAsync(SessionToken token)
    {
        var context = _application.Request(token);
        await context.AuthenticateAsync();
        Assert.Equal(SessionStatus.Active, await _application.Browser.ReauthenticateAsync(context));
        return TestApplication.TokenIn(context)!.Value;
    }

    private Task<AuthenticateResult> AuthenticateAsync(SessionToken token)
    {
        _store.Record = Encoding.UTF8.GetBytes(_silos.Store.TextOf(_silos.Session(token.SessionId).GetGrainId()) ?? "");
        return _application.Request(token).AuthenticateAsync();
    }

    private string TextOf(SessionToken token) =>
        _silos.Store.TextOf(_silos.Session(token.SessionId).GetGrainId()) + _silos.Store.TextOf(_silos.User(Subject).GetGrainId());

    private static void AssertAbsent(string secret, string where) => Assert.Null(Spellings.Find(where, secret));

    private sealed class AddsRole(string role) : IClaimsSource
    {
        public ValueTask<ClaimsPrincipal> GetClaimsAsync(string subject, ClaimsPrincipal current, CancellationToken cancellationToken)
        {
            current.Identities.First().AddClaim(new Claim(ClaimTypes.Role, role));
            return new(current);
        }
    }

    /// <summary>All that was logged, measured and traced, at the lowest level, as text.</summary>
    private sealed class Records : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public string Text => string.Join('\n', _lines);

        public void Add(string name, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var line = new StringBuilder(name);
            foreach (var (key, value) in tags)
            {
                line.Append(' ').Append(key).Append(' ').Append(value);
            }

            _lines.Enqueue(line.ToString());
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            _lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var members = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "";
            _lines.Enqueue($"{formatter(state, exception)} {members} {exception}");
        }

        public void Dispose()
        {
            // The test owns it, and reads it last.
        }
    }
}
