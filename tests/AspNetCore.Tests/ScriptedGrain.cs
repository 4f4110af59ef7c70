using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>A lease cache over one session grain that answers when, and as, the test says.</summary>
internal sealed class ScriptedGrain : IDisposable
{
    private readonly List<TaskCompletionSource<SessionValidationResult>> _calls = [];
    private readonly List<ValidationRequest> _requests = [];
    private readonly SemaphoreSlim _called = new(0);

    public ScriptedGrain(SessionClientOptions? settings = null)
    {
        Client.GetGrain(Arg.Any<GrainId>(), Arg.Any<GrainInterfaceType>()).Returns(new ValidatingGrain(Receive));
        Client.CreateObjectReference<ILeaseHolder>(Arg.Any<IGrainObserver>()).Returns(Substitute.For<ILeaseHolder>());
        var options = Options.Create(settings ?? new SessionClientOptions());
        var cluster = new ClusterCaller(Client, options, Clock, NullLogger<ClusterCaller>.Instance, Task.CompletedTask);
        Cache = new LeaseCache(cluster, Client, Events, options, Clock);
    }

    public IClusterClient Client { get; } = Substitute.For<IClusterClient>();

    public PausingClock Clock { get; } = new();

    /// <summary>Runs wherever the grain is called.</summary>
    public Action OnCall { get; set; } = static () => { };

    public SessionEvents Events { get; } = new();

    public LeaseCache Cache { get; }

    public SessionToken Token { get; } = SessionToken.Create();

    public TimeSpan L { get; } = TimeSpan.FromSeconds(5);

    public int CallCount
    {
        get
        {
            lock (_calls)
            {
                return _calls.Count;
            }
        }
    }

    public Task<ValidationAnswer> ValidateAsync(SessionToken? token = null) =>
        Cache.ValidateAsync(token ?? Token, CancellationToken.None).AsTask();

    /// <summary>Waits for the next call to reach the grain.</summary>
    public async Task<Call> NextCallAsync()
    {
        Assert.True(await _called.WaitAsync(TimeSpan.FromSeconds(10)), "The grain was not called.");
        lock (_calls)
        {
            var index = _calls.Count - 1 - _called.CurrentCount;
            return new Call(this, _requests[index], _calls[index]);
        }
    }

    /// <summary>Makes the cache hold a lease.</summary>
    public async Task LeaseAsync()
    {
        var validation = ValidateAsync();
        (await NextCallAsync()).Grant(L);
        Assert.True((await validation).IsActive);
    }

    public Task DropAsync(RevocationReason reason = RevocationReason.None) => Cache.DropAsync(new LeaseDrop(Token.SessionId, reason));

    public void Dispose()
    {
        Cache.Dispose();
        _called.Dispose();
    }

    private Task<SessionValidationResult> Receive(ValidationRequest request)
    {
        OnCall();
        var answer = new TaskCompletionSource<SessionValidationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_calls)
        {
            _calls.Add(answer);
            _requests.Add(request);
        }

        _called.Release();
        return answer.Task;
    }

    internal sealed class Call(ScriptedGrain grain, ValidationRequest request, TaskCompletionSource<SessionValidationResult> answer)
    {
        public ValidationRequest Request => request;

        public void Grant(TimeSpan lease, int revision = 0, int ticketBytes = 0) => answer.SetResult(new SessionValidationResult
        {
            Status = SessionStatus.Active,
            Lease = lease,
            Session = new SessionInfo
            {
                SessionId = grain.Token.SessionId,
                Subject = "ann",
                Ticket = new byte[ticketBytes],
                CreatedAt = grain.Clock.GetUtcNow(),
                AuthenticatedAt = grain.Clock.GetUtcNow(),
                LastSeenAt = grain.Clock.GetUtcNow(),
                ExpiresAt = grain.Clock.GetUtcNow().AddDays(1),
                IdleTimeout = TimeSpan.FromHours(1),
                RememberMe = false,
                Revision = revision,
            },
        });

        /// <summary>Answers from a fresh read, without a lease.</summary>
        public void AnswerOnce() => Grant(TimeSpan.Zero);

        public void End(RevocationReason reason) => answer.SetResult(SessionValidationResult.Ended(reason));

        /// <summary>Answers that the session goes on with another secret.</summary>
        public void Replaced() => answer.SetResult(SessionValidationResult.Replaced);

        public void NotFound() => answer.SetResult(SessionValidationResult.NotFound);

        public void Fail(Exception exception) => answer.SetException(exception);
    }
}
