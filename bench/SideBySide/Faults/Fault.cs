namespace OrleansSessions.SideBySide;

/// <summary>Something that goes wrong around a sign-out.</summary>
/// <param name="Name">What it is, in a column's head.</param>
/// <param name="Lead">How long it lasts before the sign-out is sent.</param>
/// <param name="Length">How long it lasts in all.</param>
/// <param name="BeginAsync">Brings it about.</param>
/// <param name="EndAsync">Ends it.</param>
internal sealed record Fault(
    string Name, TimeSpan Lead, TimeSpan Length, Func<Deployment, Task> BeginAsync, Func<Deployment, CancellationToken, Task> EndAsync)
{
    /// <summary>Nothing goes wrong.</summary>
    public static Fault None { get; } = new("normal", TimeSpan.Zero, TimeSpan.Zero, _ => Task.CompletedTask, (_, _) => Task.CompletedTask);

    /// <summary>Nothing goes wrong, but the session is used and renewed in the very moment.</summary>
    public static Fault Race { get; } = None with { Name = "racing a renewal", HasRace = true };

    /// <summary>One front end stands still.</summary>
    public static Fault Pause { get; } = new(
        "front end paused", Milliseconds(200), Seconds(3), on => on.Linked.PauseAsync(), (on, _) => on.Linked.ResumeAsync());

    /// <summary>One front end's connections are closed and refused.</summary>
    public static Fault Cut { get; } = OfLinks("connections cut", LinkState.Cut);

    /// <summary>One front end's connections stay open, and nothing comes through.</summary>
    public static Fault HalfOpen { get; } = OfLinks("half-open", LinkState.HalfOpen);

    /// <summary>What sessions are kept in is gone for a while.</summary>
    public static Fault StoreStopped { get; } = new(
        "store stopped", Milliseconds(300), Seconds(3), on => on.Store!.StopAsync(), (on, cancellationToken) => on.Store!.StartAgainAsync(cancellationToken))
    {
        IsOfStore = true,
    };

    /// <summary>All, in the order of the tables.</summary>
    public static IReadOnlyList<Fault> All { get; } = [None, Pause, Cut, HalfOpen, Race, StoreStopped];

    /// <summary>Whether requests and a renewal of the session race the sign-out.</summary>
    public bool HasRace { get; init; }

    /// <summary>Whether it says nothing of a contender without a store.</summary>
    public bool IsOfStore { get; init; }

    /// <summary>Whether it takes seconds, so that it is brought about a few times only.</summary>
    public bool IsSlow => Length > TimeSpan.Zero;

    private static Fault OfLinks(string name, LinkState state) => new(
        name,
        Milliseconds(500),
        Seconds(4),
        on => Set(on, state),
        (on, _) => Set(on, LinkState.Working));

    private static Task Set(Deployment deployment, LinkState state)
    {
        deployment.SetLinks(state);
        return Task.CompletedTask;
    }

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);
}
