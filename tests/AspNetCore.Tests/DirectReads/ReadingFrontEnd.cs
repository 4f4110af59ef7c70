using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using OrleansSessions.Redis;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>A front end with a store of one session, and with that session's grain.</summary>
internal sealed class ReadingFrontEnd : IAsyncDisposable
{
    private readonly TestApplication _application;
    private readonly MeterListener _listener = new();

    public ReadingFrontEnd(bool directReads = true)
    {
        Store = new ScriptedStore(Clock);
        var client = Substitute.For<IClusterClient>();
        client.CreateObjectReference<ILeaseHolder>(Arg.Any<IGrainObserver>()).Returns(Substitute.For<ILeaseHolder>());
        var session = new ScriptedSession
        {
            OnValidate = request =>
            {
                Asked.Enqueue(request);
                return OnValidate(request);
            },
        };
        client.GetGrain(Arg.Any<GrainId>(), Arg.Any<GrainInterfaceType>()).Returns(call =>
            call.ArgAt<GrainId>(0).Type == GrainType.Create(GrainTypes.Session) ? session : new Silo(this));
        _application = new TestApplication(client, Clock, services =>
        {
            services.AddSingleton<IStoreConnection>(Store);
            services.PostConfigure<SessionClientOptions>(options => options.DirectReads = directReads);
        });
        Listen();
    }

    public PausingClock Clock { get; } = new();

    public ScriptedStore Store { get; }

    /// <summary>What the grain was asked.</summary>
    public ConcurrentQueue<ValidationRequest> Asked { get; } = [];

    /// <summary>The counted validations, by source.</summary>
    public ConcurrentDictionary<string, long> Counted { get; } = [];

    /// <summary>The grain's answer.</summary>
    public Func<ValidationRequest, Task<SessionValidationResult>> OnValidate { get; set; } =
        static _ => Task.FromResult(SessionValidationResult.Ended(RevocationReason.SignedOut));

    /// <summary>The answer of the silos to a probe.</summary>
    public Func<Task<StoreStatus>> OnProbe { get; set; } = static () => Task.FromResult(StoreStatus.Answers);

    public SessionToken Token { get; } = ReleasedRecord.Token;

    public TimeSpan L { get; } = TimeSpan.FromSeconds(5);

    public bool IsClusterAway => _application.Get<ClusterPresence>().IsAway;

    /// <summary>A front end that knows the store's time.</summary>
    public static async Task<ReadingFrontEnd> StartAsync(bool directReads = true)
    {
        var frontEnd = new ReadingFrontEnd(directReads);
        await frontEnd.StartAsync();
        return frontEnd;
    }

    public async Task StartAsync()
    {
        var storeTime = _application.Get<StoreTime>();
        await storeTime.StartAsync(CancellationToken.None);
        await Wait.UntilAsync(() => storeTime.IsKnown);
    }

    public async Task<ValidationAnswer> ValidateAsync(SessionToken? token = null) =>
        await _application.Get<SessionValidation>().ValidateAsync(token ?? Token, CancellationToken.None);

    /// <summary>Lets the grain grant leases.</summary>
    public void GrantLeases(TimeSpan? length = null) => OnValidate = _ => Task.FromResult(Active(length ?? L));

    /// <summary>An active answer of the grain.</summary>
    public SessionValidationResult Active(TimeSpan lease) =>
        new() { Status = SessionStatus.Active, Session = Some.Session(Token), Lease = lease };

    /// <summary>Has the silos go away, and waits until the front end knows.</summary>
    public async Task LoseSilosAsync()
    {
        OnValidate = static _ => throw new SiloUnavailableException();
        OnProbe = static () => throw new SiloUnavailableException();
        _application.Get<ClusterPresence>().NoteFailure();
        await Wait.UntilAsync(() => IsClusterAway);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _application.Get<StoreTime>().StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        Store.Dispose();
    }

    private void Listen()
    {
        var meters = _application.Get<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Meter.Name == ValidationMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            Counted.AddOrUpdate($"{tags[0].Key} {tags[0].Value}", count, (_, before) => before + count));
        _listener.Start();
    }

    private sealed class Silo(ReadingFrontEnd frontEnd) : ISiloHealthGrain
    {
        public ValueTask<StoreStatus> CheckAsync(CancellationToken cancellationToken = default) => new(frontEnd.OnProbe());
    }
}
