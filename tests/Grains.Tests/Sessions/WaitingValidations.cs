namespace OrleansSessions.Grains.Tests.Sessions;

/// <summary>Tells when so many validations have reached the grain and wait there.</summary>
/// <remarks>The order in which a client sent its messages tells nothing: a silo hands them to several threads.</remarks>
internal sealed class WaitingValidations(int count) : IIncomingGrainCallFilter
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public Task All => _all.Task;

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var call = context.Invoke();
        if (context.MethodName == nameof(ISessionGrain.ValidateAsync) && Interlocked.Increment(ref _count) == count)
        {
            _all.TrySetResult();
        }

        return call;
    }
}
