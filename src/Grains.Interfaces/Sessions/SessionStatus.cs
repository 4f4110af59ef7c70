namespace OrleansSessions;

/// <summary>What a session is to someone who presents its token.</summary>
[GenerateSerializer, Alias("OrleansSessions.SessionStatus")]
public enum SessionStatus
{
    /// <summary>No such session, or not with that secret: the two are not told apart.</summary>
    NotFound = 0,

    /// <summary>Signed in.</summary>
    Active = 1,

    /// <summary>Ended by its idle or absolute timeout.</summary>
    Expired = 2,

    /// <summary>Ended by someone.</summary>
    Revoked = 3,
}
