using System.Collections.Concurrent;

namespace OrleansSessions.Testing;

/// <summary>A front end that holds leases.</summary>
public sealed class TestHolder : ILeaseHolder
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isHeld;
    private readonly TaskCompletionSource _firstDrop = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TestHolder(IClusterClient client) => Reference = client.CreateObjectReference<ILeaseHolder>(this);

    public ILeaseHolder Reference { get; }

    public ConcurrentQueue<LeaseDrop> Drops { get; } = new();

    /// <summary>Completes when the holder is first told to drop something.</summary>
    public Task FirstDrop => _firstDrop.Task;

    /// <summary>Leaves drops unanswered from now on, as a front end does that has crashed.</summary>
    public void Hold() => _isHeld = true;

    /// <summary>Answers the drops that were held back.</summary>
    public void Release()
    {
        _isHeld = false;
        _released.TrySetResult();
    }

    public Task DropAsync(LeaseDrop drop, CancellationToken cancellationToken = default)
    {
        Drops.Enqueue(drop);
        _firstDrop.TrySetResult();
        return _isHeld ? _released.Task : Task.CompletedTask;
    }
}
