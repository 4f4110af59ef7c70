using System.Diagnostics.CodeAnalysis;

namespace OrleansSessions.Grains;

/// <summary>Lets one call at a time touch a reentrant grain's record, in the order of their arrival.</summary>
/// <remarks>
/// Reentrancy lets a grain answer while one of its calls waits for leases to end; the gate gives the rest of each call
/// the undivided turn that a grain which is not reentrant would have. It must not be held while waiting for a lease.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim holds nothing to dispose of unless its wait handle is asked for.")]
internal sealed class AsyncGate
{
    private readonly SemaphoreSlim _semaphore = new(1, 1);

    /// <summary>Waits for the gate, and holds it until the result is disposed of.</summary>
    public async ValueTask<Holder> EnterAsync(CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken);
        return new Holder(_semaphore);
    }

    internal readonly struct Holder(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
