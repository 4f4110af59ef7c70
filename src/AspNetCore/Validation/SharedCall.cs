namespace OrleansSessions.AspNetCore;

/// <summary>One call to a session's grain, and all the requests that were there before it was sent.</summary>
internal sealed class SharedCall(SecretHash secretHash)
{
    private readonly TaskCompletionSource<ValidationAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _requests;

    public SecretHash SecretHash => secretHash;

    /// <summary>Whether only the background waits for the answer, and no request.</summary>
    public bool IsRenewal => _requests == 0;

    /// <summary>Whether the use before this one was answered by a direct read, a moment ago, or more uses are likely to follow at once.</summary>
    public bool IsOneOfMany { get; init; }

    /// <summary>Whether the session is used by more than a lone visit.</summary>
    public bool IsShared => _requests > 1 || IsOneOfMany;

    /// <summary>Set when the call goes out: its answer serves nobody who comes later.</summary>
    public bool IsSent { get; set; }

    /// <summary>Set when a drop arrived since the call went out: a lease in the answer may be the one that was dropped.</summary>
    public bool IsDropped { get; set; }

    public Task<ValidationAnswer> Answer => _answer.Task;

    public bool CanServe(in SecretHash presented) => !IsSent && secretHash.FixedTimeEquals(presented);

    /// <summary>Lets one more wait for the answer: a request, or the background.</summary>
    public Task<ValidationAnswer> Join(bool isRenewal)
    {
        _requests += isRenewal ? 0 : 1;
        return Answer;
    }

    public void Complete(ValidationAnswer answer) => _answer.TrySetResult(answer);

    public void Fail(Exception exception)
    {
        _answer.TrySetException(exception);
        _ = _answer.Task.Exception;
    }
}
