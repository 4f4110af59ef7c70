namespace OrleansSessions.History.Tests;

/// <summary>Writes histories by hand: times in seconds, one line an operation.</summary>
internal sealed class Script
{
    private readonly List<Operation> _operations = [];

    public static Credential Alice { get; } = new("alice", "a1", "a1/0");

    public static Credential Bob { get; } = new("bob", "b1", "b1/0");

    public IReadOnlyList<Operation> Operations => _operations;

    public Script SignIn(double start, double end, Credential issued, Outcome outcome = Outcome.Ok, string? supersedes = null) =>
        Add(start, end, OperationKind.SignIn, issued.Subject, outcome, operation => operation with
        {
            SessionId = issued.SessionId,
            NewSecret = issued.Secret,
            OtherSessionId = supersedes,
        });

    public Script Validate(
        double start, double end, Credential credential, Outcome outcome, string frontEnd = "f1", string? answered = null, int? status = null) =>
        Add(start, end, OperationKind.Validate, credential.Subject, outcome, operation => operation with
        {
            FrontEnd = frontEnd,
            SessionId = credential.SessionId,
            Secret = credential.Secret,
            AnsweredSubject = answered,
            Status = status,
        });

    public Script Rotate(double start, double end, Credential credential, string next, Outcome outcome = Outcome.Ok) =>
        Add(start, end, OperationKind.Rotate, credential.Subject, outcome, operation => operation with
        {
            SessionId = credential.SessionId,
            Secret = credential.Secret,
            NewSecret = next,
        });

    public Script Revoke(double start, double end, Credential credential, Outcome outcome = Outcome.Ok, double effectiveWithin = 0) =>
        Add(start, end, OperationKind.Revoke, credential.Subject, outcome, operation => operation with
        {
            SessionId = credential.SessionId,
            EffectiveWithin = TimeSpan.FromSeconds(effectiveWithin),
        });

    public Script RevokeAll(double start, double end, string subject, string? except = null, Outcome outcome = Outcome.Ok) =>
        Add(start, end, OperationKind.RevokeAll, subject, outcome, operation => operation with { OtherSessionId = except });

    public Script List(double start, double end, string subject, params string[] sessions) =>
        Add(start, end, OperationKind.List, subject, Outcome.Ok, operation => operation with { Sessions = [.. sessions] });

    public Script Failure(double start, double end, Credential credential, int status, bool cookieCleared, Outcome outcome = Outcome.Unknown) =>
        Add(start, end, OperationKind.Validate, credential.Subject, outcome, operation => operation with
        {
            SessionId = credential.SessionId,
            Secret = credential.Secret,
            Status = status,
            CookieCleared = cookieCleared,
        });

    public void IsGood(HistorySettings? settings = null)
    {
        var violations = HistoryChecker.Check(_operations, settings);
        Assert.True(violations.IsEmpty, HistoryText.Describe(violations));
    }

    public void Breaks(Invariant invariant, HistorySettings? settings = null) =>
        Assert.Contains(HistoryChecker.Check(_operations, settings), violation => violation.Invariant == invariant && !violation.Operations.IsEmpty);

    private Script Add(
        double start, double end, OperationKind kind, string subject, Outcome outcome, Func<Operation, Operation> change)
    {
        _operations.Add(change(new()
        {
            Client = "c1",
            FrontEnd = "f1",
            Kind = kind,
            Subject = subject,
            Start = TimeSpan.FromSeconds(start),
            End = TimeSpan.FromSeconds(end),
            Outcome = outcome,
        }));
        return this;
    }
}
