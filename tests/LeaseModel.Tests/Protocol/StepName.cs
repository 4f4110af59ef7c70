namespace OrleansSessions.LeaseModel.Tests;

/// <summary>The steps of the protocol, which docs/protocol.md describes.</summary>
internal enum StepName
{
    Tick,

    // The session grain.
    Activate,
    Crash,
    AnswerRevoked,
    FreshRead,
    GrantLease,
    ExtendOwnership,
    OwnershipExtended,
    Revoke,
    TombstoneWritten,
    RevocationReturns,
    RevokeAgain,
    Deactivate,
    Deactivated,

    // The store.
    WriteApplied,
    WriteRefused,

    // The front end.
    Validate,
    CallLost,
    LatecomerJoins,
    RevokedArrives,
    AnswerArrives,
    LeaseArrives,
    LateAnswerDiscarded,
    DropLease,
}
