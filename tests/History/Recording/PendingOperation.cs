using System.Collections.Immutable;

namespace OrleansSessions.History;

/// <summary>An operation under way. End it once; one that is never ended counts as unknown.</summary>
public sealed class PendingOperation
{
    private const int FirstServerError = 500;

    private readonly HistoryRecorder _recorder;
    private volatile Operation _operation;

    internal PendingOperation(HistoryRecorder recorder, Operation operation) => (_recorder, _operation) = (recorder, operation);

    /// <summary>The operation as far as it is known.</summary>
    public Operation Operation => _operation;

    /// <summary>Done.</summary>
    public void Ok(int? status = null) => End(Outcome.Ok, operation => operation with { Status = status });

    /// <summary>A sign-in that succeeded, with what the client now holds.</summary>
    public void SignedIn(Credential issued, int? status = null) => End(Outcome.Ok, operation => operation with
    {
        Status = status,
        AnsweredSubject = issued.Subject,
        SessionId = issued.SessionId,
        NewSecret = issued.Secret,
    });

    /// <summary>A validation that was accepted, with the user that the answer named.</summary>
    public void Accepted(string subject, int? status = null) =>
        End(Outcome.Ok, operation => operation with { Status = status, AnsweredSubject = subject });

    /// <summary>A rotation that succeeded, with the new secret's label.</summary>
    public void Rotated(string newSecret, int? status = null) =>
        End(Outcome.Ok, operation => operation with { Status = status, NewSecret = newSecret });

    /// <summary>A revocation that is durable, and effective everywhere within a time.</summary>
    public void Revoked(TimeSpan effectiveWithin, int? status = null) =>
        End(Outcome.Ok, operation => operation with { Status = status, EffectiveWithin = effectiveWithin });

    /// <summary>A list that was answered.</summary>
    public void Listed(IEnumerable<string> sessionIds, int? status = null)
    {
        var sessions = sessionIds.ToImmutableHashSet(StringComparer.Ordinal);
        End(Outcome.Ok, operation => operation with { Status = status, Sessions = sessions });
    }

    /// <summary>Refused by someone who knew.</summary>
    public void Denied(int? status = null, bool cookieCleared = false) =>
        End(Outcome.Denied, operation => operation with { Status = status, CookieCleared = cookieCleared });

    /// <summary>An error, a time-out, a broken connection: it may have been done.</summary>
    public void Unknown(int? status = null, bool cookieCleared = false) =>
        End(Outcome.Unknown, operation => operation with { Status = status, CookieCleared = cookieCleared });

    /// <summary>Not done, by an HTTP status: a server's error tells nothing, any other is a denial.</summary>
    public void Failed(int status, bool cookieCleared = false)
    {
        if (status >= FirstServerError)
        {
            Unknown(status, cookieCleared);
        }
        else
        {
            Denied(status, cookieCleared);
        }
    }

    // The time is taken first: a late end would excuse what must not be.
    private void End(Outcome outcome, Func<Operation, Operation> change)
    {
        var end = _recorder.Now;
        if (_operation.End != Operation.Never)
        {
            throw new InvalidOperationException("The operation has ended already.");
        }

        _operation = change(_operation) with { Outcome = outcome, End = end };
    }
}
