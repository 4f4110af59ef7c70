using System.Collections.Concurrent;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.Testing;

/// <summary>A front end that holds leases.</summary>
public sealed class TestHolder : ILeaseHolder
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _firstDrop = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TestHolder(IClusterClient client) => Reference = client.CreateObjectReference<ILeaseHolder>(this);

    public ILeaseHolder Reference { get; }

    public ConcurrentQueue<LeaseDrop> Drops { get; } = new();

    /// <summary>Whether drops go unanswered, as they do at a front end that has crashed.</summary>
    public bool IsDead { get; set; }

    /// <summary>Completes when the holder is first told to drop something.</summary>
    public Task FirstDrop => _firstDrop.Task;

    public Task DropAsync(LeaseDrop drop, CancellationToken cancellationToken = default)
    {
        Drops.Enqueue(drop);
        _firstDrop.TrySetResult();
        return IsDead ? _released.Task : Task.CompletedTask;
    }
}
