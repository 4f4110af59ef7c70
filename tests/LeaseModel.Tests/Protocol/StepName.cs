namespace OrleansSessions.LeaseModel.Tests;

/// <summary>The steps of the protocol, which docs/protocol.md describes.</summary>
internal enum StepName
{
    Tick,

    // The session grain.
    Activate,
    Crash,
    CrashLeavesClaim,
    AnswerRevoked,
    FreshRead,
    GrantLease,
    Claim,
    ClaimAcknowledged,
    ClaimFails,
    WindowOpens,
    Revoke,
    TombstoneWritten,
    Look,
    RevocationReturns,
    RevokeAgain,
    Deactivate,

    // The store.
    WriteApplied,
    WriteRefused,
    ClaimLands,
    StrayClaimLands,
    ReleaseLands,

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
