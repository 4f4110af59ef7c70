namespace OrleansSessions.LeaseModel.Tests;

/// <summary>The steps of the protocol, which docs/protocol.md describes.</summary>
internal enum StepName
{
    Tick,

    // The session grain.
    Activate,
    Crash,
    CrashLeavesClaim,
    AnswerRefused,
    AnswerFromMemory,
    FreshRead,
    GrantLease,
    Reread,
    Claim,
    ClaimAcknowledged,
    ClaimFails,
    WindowOpens,
    ReadFails,
    Revoke,
    RevokeAgain,
    Rotate,
    RotateAgain,
    WriteAcknowledged,
    WriteFails,
    WriteFailsAndMayLand,
    Look,
    RevocationReturns,
    RotationReturns,
    StoreLastSeen,
    LastSeenAcknowledged,
    LastSeenFails,
    LastSeenFailsAndMayLand,
    Deactivate,

    // The store.
    WriteApplied,
    WriteRefused,
    StrayWriteLands,
    LastSeenApplied,
    LastSeenRefused,
    ClaimLands,
    StrayClaimLands,
    ReleaseLands,
    DirectReadAnswered,

    // The front end.
    Validate,
    ReadDirectly,
    CallLost,
    LatecomerJoins,
    RefusalArrives,
    AnswerArrives,
    LeaseArrives,
    LateAnswerDiscarded,
    DropLease,
}
