namespace OrleansSessions.History;

/// <summary>What a client can do with sessions.</summary>
public enum OperationKind
{
    /// <summary>Start a session.</summary>
    SignIn,

    /// <summary>Make a request with a session's token.</summary>
    Validate,

    /// <summary>Replace a session's secret.</summary>
    Rotate,

    /// <summary>End one session, from anywhere.</summary>
    Revoke,

    /// <summary>End all of a user's sessions, or all but one.</summary>
    RevokeAll,

    /// <summary>Read a user's device list.</summary>
    List,
}
