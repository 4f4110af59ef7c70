namespace OrleansSessions;

/// <summary>What session data is to the request that asks for it.</summary>
[GenerateSerializer, Alias("OrleansSessions.SessionDataStatus")]
public enum SessionDataStatus
{
    /// <summary>It can be read and changed.</summary>
    Available = 0,

    /// <summary>It is bound to a session that goes on, and the request presented another one, or none.</summary>
    OfOtherSession = 1,

    /// <summary>It has ended, with the session that it was bound to, since the request loaded it.</summary>
    Ended = 2,

    /// <summary>An entry was changed by another request since this one loaded it, and the commit asked to be told.</summary>
    Changed = 3,

    /// <summary>With these changes, the entries would be larger than they may be together.</summary>
    TooLarge = 4,

    /// <summary>The session to bind to is not active, or the presented secret is not its own.</summary>
    NoSession = 5,
}
