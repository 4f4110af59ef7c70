using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <summary>One call to a session's grain, and all the requests that were there before it was sent.</summary>
internal sealed class SharedCall(SecretHash secretHash, bool isRenewal)
{
    private readonly TaskCompletionSource<ValidatedSession> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SecretHash SecretHash => secretHash;

    /// <summary>Whether only the background waits for the answer, and no request.</summary>
    public bool IsRenewal { get; private set; } = isRenewal;

    /// <summary>Set when the call goes out: its answer serves nobody who comes later.</summary>
    public bool IsSent { get; set; }

    /// <summary>Set when a drop arrived since the call went out: a lease in the answer may be the one that was dropped.</summary>
    public bool IsDropped { get; set; }

    public Task<ValidatedSession> Answer => _answer.Task;

    public bool CanServe(in SecretHash presented) => !IsSent && secretHash.FixedTimeEquals(presented);

    public Task<ValidatedSession> Join()
    {
        IsRenewal = false;
        return Answer;
    }

    public void Complete(ValidatedSession answer) => _answer.TrySetResult(answer);

    public void Fail(Exception exception)
    {
        _answer.TrySetException(exception);
        _ = _answer.Task.Exception;
    }
}
