namespace OrleansSessions.History;

/// <summary>What must hold of every history, whatever failed while it was made.</summary>
public enum Invariant
{
    /// <summary>I1: no acknowledged login is lost before its own expiry or revocation.</summary>
    NoLoginIsLost = 1,

    /// <summary>I2: after a revocation returned, no validation that started later is accepted anywhere.</summary>
    RevocationIsFinal = 2,

    /// <summary>I3: nothing is accepted that was never created, has expired, or was seen dead: no resurrection.</summary>
    NothingIsMadeUp = 3,

    /// <summary>I4: a user's list equals the user's live sessions once quiet.</summary>
    ListsAreComplete = 4,

    /// <summary>I5: never another user's data, and errors are never taken for answers.</summary>
    AnswersAreTheCallersOwn = 5,

    /// <summary>I6: a rotation has exactly one successor, and the old secret is dead after it.</summary>
    RotationHasOneSuccessor = 6,

    /// <summary>I7: a failure never clears the browser's cookie.</summary>
    FailureKeepsTheCookie = 7,
}
