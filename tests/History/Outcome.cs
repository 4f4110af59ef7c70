namespace OrleansSessions.History;

/// <summary>How an operation ended, as far as its client can know.</summary>
public enum Outcome
{
    /// <summary>Done, and acknowledged.</summary>
    Ok,

    /// <summary>Refused by someone who knew: nothing was done.</summary>
    Denied,

    /// <summary>An error, or no answer: it may have been done, or may yet be.</summary>
    Unknown,
}
