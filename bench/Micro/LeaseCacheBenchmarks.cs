using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;
using OrleansSessions.AspNetCore;
using OrleansSessions.AspNetCore.Tests;

namespace OrleansSessions.Micro;

/// <summary>A validation that a lease answers, among as many sessions as a busy front end knows.</summary>
[InProcess, MemoryDiagnoser]
public class LeaseCacheBenchmarks : IDisposable
{
    private const int Sessions = 10_000;

    private readonly SessionToken[] _tokens = [.. Enumerable.Range(0, Sessions).Select(_ => SessionToken.Create())];
    private LeaseCache _cache = null!;
    private int _next;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        var client = Substitute.For<IClusterClient>();
        client.GetGrain(Arg.Any<GrainId>(), Arg.Any<GrainInterfaceType>())
            .Returns(call => new ValidatingGrain(_ => Task.FromResult(Grant(call.ArgAt<GrainId>(0).Key.ToString()!))));
        client.CreateObjectReference<ILeaseHolder>(Arg.Any<IGrainObserver>()).Returns(Substitute.For<ILeaseHolder>());
        var options = Options.Create(new SessionClientOptions());
        var caller = new ClusterCaller(client, options, TimeProvider.System, NullLogger<ClusterCaller>.Instance, Task.CompletedTask);
        _cache = new LeaseCache(caller, client, new SessionEvents(), options, TimeProvider.System);
        foreach (var token in _tokens)
        {
            await _cache.AskAsync(token, CancellationToken.None);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _cache.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public bool Hit()
    {
        _next = (_next + 1) % Sessions;
        return _cache.TryAnswer(_tokens[_next]) is { IsActive: true };
    }

    private static SessionValidationResult Grant(string sessionId) => new()
    {
        Status = SessionStatus.Active,
        Lease = TimeSpan.FromHours(1),
        Session = new SessionInfo
        {
            SessionId = sessionId,
            Subject = "user-0000001",
            Ticket = new byte[400],
            CreatedAt = DateTimeOffset.UnixEpoch,
            AuthenticatedAt = DateTimeOffset.UnixEpoch,
            LastSeenAt = DateTimeOffset.UnixEpoch,
            ExpiresAt = DateTimeOffset.MaxValue,
            IdleTimeout = null,
            RememberMe = false,
            Revision = 0,
        },
    };
}
