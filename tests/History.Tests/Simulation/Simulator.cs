using System.Collections.Immutable;
using System.Globalization;

namespace OrleansSessions.History.Tests;

/// <summary>A correct system with slow and lost answers: whatever history it gives must pass.</summary>
/// <remarks>Each operation is decided at one moment between its start and its end; revocations and rotations spread over the front ends until they return.</remarks>
internal sealed class Simulator
{
    public const int FrontEnds = 3;

    private const int Step = 10;
    private const int Margin = 100;
    private const int Late = 200;

    // A user that only the epilogue knows: nothing that came before excuses what happens to its sessions.
    private const int EpilogueUser = 1_000;

    private readonly List<Operation> _history = [];
    private readonly List<SimulatedSession> _sessions = [];
    private int _now = Margin;

    /// <summary>Less than the run takes, so that the rules that need quiet times have work.</summary>
    public static HistorySettings Settings { get; } = new()
    {
        RevocationBound = TimeSpan.FromMilliseconds(FrontEnds * Late),
        Quiescence = TimeSpan.FromMilliseconds(2 * Late),
    };

    public static ImmutableArray<Operation> Run(IEnumerable<SimulatedCall> calls)
    {
        var simulator = new Simulator();
        foreach (var call in calls)
        {
            simulator._now += Step;
            simulator.Play(call);
        }

        simulator.PlayEpilogue();
        return [.. simulator._history];
    }

    // Every history ends with something of each kind, so that there is always something to spoil.
    private void PlayEpilogue()
    {
        PlayAlone(OperationKind.SignIn, EpilogueUser);
        PlayAlone(OperationKind.SignIn, EpilogueUser);
        var target = _sessions.Count - 1;
        PlayAlone(OperationKind.Validate, target);
        PlayAlone(OperationKind.Validate, target, Fate.UnansweredAndNotDone);
        PlayAlone(OperationKind.Rotate, target);
        Validate(Alone(OperationKind.Validate, target), secret: 0);
        PlayAlone(OperationKind.Revoke, target);
        PlayAlone(OperationKind.Validate, target);
        Add(Alone(OperationKind.Validate, target), _sessions[target].Subject, Outcome.Denied,
            operation => operation with { SessionId = _sessions[target].Id, Secret = "forged", Status = 401 });
        _now += 10 * Late;
        PlayAlone(OperationKind.List, 0);
        PlayAlone(OperationKind.List, 1);
        PlayAlone(OperationKind.List, EpilogueUser);
    }

    private void PlayAlone(OperationKind kind, int target, Fate fate = Fate.Answered) => Play(Alone(kind, target, fate));

    private SimulatedCall Alone(OperationKind kind, int target, Fate fate = Fate.Answered)
    {
        _now += Margin;
        return new(kind, target, FrontEnd: 0, Before: 1, After: 1, Lag: 0, fate);
    }

    private void Play(SimulatedCall call)
    {
        if (call.Kind == OperationKind.SignIn)
        {
            SignIn(call);
        }
        else if (call.Kind == OperationKind.List)
        {
            List(call);
        }
        else if (call.Kind == OperationKind.RevokeAll)
        {
            RevokeAll(call);
        }
        else if (_sessions.Count > 0)
        {
            PlayOnSession(call, _sessions[call.Target % _sessions.Count]);
        }
    }

    private void PlayOnSession(SimulatedCall call, SimulatedSession session)
    {
        switch (call.Kind)
        {
            case OperationKind.Validate:
                Validate(call, call.Lag % session.Secrets.Count);
                break;
            case OperationKind.Rotate:
                Rotate(call, session);
                break;
            default:
                End(session.Life, call);
                Add(call, session.Subject, Outcome.Ok, operation => operation with { SessionId = session.Id });
                break;
        }
    }

    private void SignIn(SimulatedCall call)
    {
        var id = $"s{_sessions.Count.ToString(CultureInfo.InvariantCulture)}";
        var bornAt = call.Fate switch
        {
            Fate.UnansweredAndNotDone => int.MaxValue,
            Fate.UnansweredAndDoneLate => _now + Late,
            _ => _now,
        };
        var session = new SimulatedSession(UserOf(call), id, bornAt);
        _sessions.Add(session);
        Add(call, session.Subject, Outcome.Ok, operation => operation with { SessionId = id, NewSecret = session.Secrets[0].Label });
    }

    private void Validate(SimulatedCall call, int secret)
    {
        var session = _sessions[call.Target % _sessions.Count];
        var (label, life) = session.Secrets[secret];
        var accepted = session.Life.IsAccepted(_now, call.FrontEnd) && life.IsAccepted(_now, call.FrontEnd);
        Add(call, session.Subject, accepted ? Outcome.Ok : Outcome.Denied, operation => operation with
        {
            SessionId = session.Id,
            Secret = label,
            Status = accepted ? 200 : 401,
            AnsweredSubject = accepted ? session.Subject : null,
        });
    }

    private void Rotate(SimulatedCall call, SimulatedSession session)
    {
        var (label, life) = session.Secrets[call.Lag % session.Secrets.Count];
        var next = $"{session.Id}/{_history.Count}";
        var wins = session.Life.IsStored(_now) && life.IsStored(_now);
        if (wins && call.Fate != Fate.UnansweredAndNotDone)
        {
            session.Secrets.Add((next, new(_now)));
            life.End(_now, call.Lag, call.Fate == Fate.Answered ? _now + call.After : _now + Late);
        }

        Add(call, session.Subject, wins ? Outcome.Ok : Outcome.Denied,
            operation => operation with { SessionId = session.Id, Secret = label, NewSecret = next });
    }

    private void RevokeAll(SimulatedCall call)
    {
        var subject = UserOf(call);
        var except = _sessions.Count > 0 && call.Target % 3 == 0 ? _sessions[call.Target % _sessions.Count].Id : null;
        foreach (var session in _sessions.Where(session => session.Subject == subject && session.Id != except && session.BornAt <= _now))
        {
            End(session.Life, call);
        }

        Add(call, subject, Outcome.Ok, operation => operation with { OtherSessionId = except });
    }

    private void List(SimulatedCall call)
    {
        var subject = UserOf(call);
        var live = _sessions.Where(session => session.Subject == subject && session.Life.IsStored(_now)).Select(session => session.Id);
        Add(call, subject, Outcome.Ok, operation => operation with { Sessions = [.. live] });
    }

    private void End(Lifetime life, SimulatedCall call)
    {
        switch (call.Fate)
        {
            case Fate.Answered:
                life.End(_now, call.Lag, _now + call.After);
                break;
            case Fate.UnansweredAndDone:
                life.End(_now, call.Lag, _now + Late);
                break;
            case Fate.UnansweredAndDoneLate:
                life.End(_now + Late, call.Lag, _now + (2 * Late));
                break;
        }
    }

    private static string UserOf(SimulatedCall call) => call.Target == EpilogueUser ? "u2" : $"u{call.Target % 2}";

    private void Add(SimulatedCall call, string subject, Outcome outcome, Func<Operation, Operation> change)
    {
        var operation = change(new()
        {
            Client = "c",
            FrontEnd = $"f{call.FrontEnd.ToString(CultureInfo.InvariantCulture)}",
            Kind = call.Kind,
            Subject = subject,
            Start = TimeSpan.FromMilliseconds(_now - call.Before),
            End = TimeSpan.FromMilliseconds(_now + call.After),
            Outcome = outcome,
        });
        _history.Add(call.Fate == Fate.Answered
            ? operation
            : operation with { Outcome = Outcome.Unknown, Status = 503, AnsweredSubject = null, Sessions = [] });
    }
}
