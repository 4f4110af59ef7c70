using System.Collections.Immutable;
using System.Globalization;

namespace OrleansSessions.History;

/// <summary>One thing that one client did, as that client saw it: the raw material of every check.</summary>
/// <remarks>Times count from the start of the recording, on one monotonic clock for all clients.</remarks>
public sealed record Operation
{
    /// <summary>The end of an operation that has none: its effect may come at any later time.</summary>
    public static TimeSpan Never { get; } = TimeSpan.MaxValue;

    /// <summary>Who did it.</summary>
    public required string Client { get; init; }

    /// <summary>The front end that was asked.</summary>
    public required string FrontEnd { get; init; }

    /// <summary>What was asked.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>The user whose session or sessions it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>The session it is about; null where it is about all of a user's, or where a sign-in's answer never came.</summary>
    public string? SessionId { get; init; }

    /// <summary>The label of the presented secret, for a validation or a rotation.</summary>
    public string? Secret { get; init; }

    /// <summary>The label of the secret that a sign-in or a rotation issues, as far as the client knows it.</summary>
    public string? NewSecret { get; init; }

    /// <summary>The session that a sign-in takes the place of, or that a revocation of all leaves alone.</summary>
    public string? OtherSessionId { get; init; }

    /// <summary>Before the request was sent.</summary>
    public required TimeSpan Start { get; init; }

    /// <summary>After the answer was read, or given up.</summary>
    public TimeSpan End { get; init; } = Never;

    /// <summary>How it ended.</summary>
    public Outcome Outcome { get; init; } = Outcome.Unknown;

    /// <summary>The HTTP status; null where there is none.</summary>
    public int? Status { get; init; }

    /// <summary>The user that the answer named.</summary>
    public string? AnsweredSubject { get; init; }

    /// <summary>The session IDs of an answered list.</summary>
    public ImmutableHashSet<string> Sessions { get; init; } = [];

    /// <summary>For a durable revocation: how long after its end the session may still be accepted.</summary>
    public TimeSpan EffectiveWithin { get; init; }

    /// <summary>Whether the answer took the session cookie away.</summary>
    public bool CookieCleared { get; init; }

    /// <summary>Whether it did, or may have done, what was asked.</summary>
    public bool MayHaveHappened => Outcome != Outcome.Denied;

    /// <summary>The moment from which its effect must be seen by everyone; <see cref="Never"/> where nothing was promised.</summary>
    public TimeSpan EffectiveAt => Outcome == Outcome.Ok ? End + EffectiveWithin : Never;

    /// <summary>Whether it started after the other one had ended.</summary>
    public bool StartedAfter(Operation other) => Start > other.End;

    /// <inheritdoc/>
    public override string ToString()
    {
        var end = End == Never ? "" : Milliseconds(End);
        string?[] words =
        [
            $"[{Milliseconds(Start)}..{end}]", Client, $"at {FrontEnd}:", Kind.ToString(), Subject, SessionId,
            Secret is null ? null : $"secret {Secret}",
            NewSecret is null ? null : $"new secret {NewSecret}",
            OtherSessionId is null ? null : Kind == OperationKind.RevokeAll ? $"except {OtherSessionId}" : $"instead of {OtherSessionId}",
            $"-> {Outcome}", Status?.ToString(CultureInfo.InvariantCulture),
            AnsweredSubject is null ? null : $"as {AnsweredSubject}",
            Kind == OperationKind.List ? $"[{string.Join(' ', Sessions.Order(StringComparer.Ordinal))}]" : null,
            CookieCleared ? "cookie cleared" : null,
        ];
        return string.Join(' ', words.Where(word => word is not null));
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("F3", CultureInfo.InvariantCulture);
}
