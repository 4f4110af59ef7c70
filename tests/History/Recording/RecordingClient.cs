namespace OrleansSessions.History;

/// <summary>Starts the records of one client's operations: call one right before the request, and end it right after the answer.</summary>
public sealed class RecordingClient
{
    private readonly HistoryRecorder _recorder;
    private readonly string _name;
    private readonly string _frontEnd;

    internal RecordingClient(HistoryRecorder recorder, string name, string frontEnd) =>
        (_recorder, _name, _frontEnd) = (recorder, name, frontEnd);

    /// <summary>A sign-in.</summary>
    /// <param name="subject">The user.</param>
    /// <param name="issuing">The new token, where the client makes it itself: then even an unanswered sign-in can be followed.</param>
    /// <param name="supersedes">The session that the browser presents meanwhile, which the sign-in ends.</param>
    public PendingOperation SignIn(string subject, Credential? issuing = null, string? supersedes = null) =>
        Start(OperationKind.SignIn, subject, issuing?.SessionId, newSecret: issuing?.Secret, other: supersedes);

    /// <summary>A request with a token.</summary>
    public PendingOperation Validate(Credential credential) =>
        Start(OperationKind.Validate, credential.Subject, credential.SessionId, credential.Secret);

    /// <summary>A replacement of a secret.</summary>
    /// <param name="credential">What is presented.</param>
    /// <param name="issuing">The new secret's label, where the client makes the secret itself.</param>
    public PendingOperation Rotate(Credential credential, string? issuing = null) =>
        Start(OperationKind.Rotate, credential.Subject, credential.SessionId, credential.Secret, issuing);

    /// <summary>The end of one session: a sign-out, or a revocation from elsewhere.</summary>
    public PendingOperation Revoke(string subject, string sessionId) => Start(OperationKind.Revoke, subject, sessionId);

    /// <summary>The end of all of a user's sessions, or of all but one.</summary>
    public PendingOperation RevokeAll(string subject, string? except = null) =>
        Start(OperationKind.RevokeAll, subject, other: except);

    /// <summary>A look at a user's device list.</summary>
    public PendingOperation List(string subject) => Start(OperationKind.List, subject);

    private PendingOperation Start(
        OperationKind kind, string subject, string? sessionId = null, string? secret = null, string? newSecret = null, string? other = null) =>
        _recorder.Start(new()
        {
            Client = _name,
            FrontEnd = _frontEnd,
            Kind = kind,
            Subject = subject,
            SessionId = sessionId,
            Secret = secret,
            NewSecret = newSecret,
            OtherSessionId = other,
            Start = TimeSpan.Zero,
        });
}
