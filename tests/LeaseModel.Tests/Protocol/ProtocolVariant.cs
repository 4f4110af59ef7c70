namespace OrleansSessions.LeaseModel.Tests;

/// <summary>Ways to build the protocol wrongly. Each of them must be caught, or the model proves nothing.</summary>
[Flags]
public enum ProtocolVariant
{
    /// <summary>As designed.</summary>
    Correct = 0,

    /// <summary>A drop ends the lease, but lets the call under way bring a new one.</summary>
    DropCancelsNothing = 1 << 0,

    /// <summary>A request that starts while a call is under way takes that call's answer.</summary>
    AnswerServesLatecomers = 1 << 1,

    /// <summary>An activation whose window is over answers from its memory, not from the store.</summary>
    AnswersFromMemoryOutsideWindow = 1 << 2,

    /// <summary>A claim overwrites another's window without noting it.</summary>
    ClaimForgetsOthers = 1 << 3,

    /// <summary>A revocation does not look at the window key: only what its own claims found counts.</summary>
    NoLookAtRevocation = 1 << 4,

    /// <summary>A revocation does not wait for what other activations may have granted, however it could have learnt of them.</summary>
    NoQuarantine = ClaimForgetsOthers | NoLookAtRevocation,

    /// <summary>An activation grants leases without having claimed a window.</summary>
    NoClaimBeforeGrant = 1 << 5,

    /// <summary>A window opens over the record as it was remembered before the claim.</summary>
    NoReadAfterClaim = 1 << 6,

    /// <summary>A lease runs from the arrival of the answer, not from before the call.</summary>
    LeaseCountedFromReply = 1 << 7,

    /// <summary>A revocation returns once its tombstone is durable.</summary>
    RevokeDoesNotWait = 1 << 8,

    /// <summary>An orderly deactivation gives the window up at once, with leases out.</summary>
    ShortensBelowLastLease = 1 << 9,

    /// <summary>An orderly deactivation looks at its own leases only, and forgets what it was itself in quarantine for.</summary>
    ShortensBelowQuarantine = 1 << 10,

    /// <summary>A revocation that finds a tombstone returns at once.</summary>
    RepeatedRevokeDoesNotWait = 1 << 11,

    /// <summary>An activation keeps its name after a claim that failed, and takes what that one has taken for its own.</summary>
    KeepsNameAfterFailedClaim = 1 << 12,

    /// <summary>After a write that may have landed, the window stays open over what was remembered before; who asks again is told of what is stored.</summary>
    WindowStaysOpenAfterUnknownWrite = 1 << 13,

    /// <summary>After a write that may have landed, the activation keeps its name, but no longer knows its leases.</summary>
    ForgetsLeasesAfterUnknownWrite = 1 << 14,

    /// <summary>After a write that may have landed, the activation remembers what it meant to store.</summary>
    BelievesUnknownWrite = 1 << 15,

    /// <summary>A rotation that finds its own secret stored returns at once.</summary>
    RepeatedRotationDoesNotWait = 1 << 16,

    /// <summary>A rotation looks at the window key, but does not wait for what its activation's claim under way may have found.</summary>
    LookIgnoresClaimUnderWay = 1 << 17,

    /// <summary>The acknowledgement of a last-seen write puts back the record as it was when that was sent.</summary>
    LastSeenRestoresRecord = 1 << 18,

    /// <summary>A read of the record after a claim may be answered by a replica that lags behind.</summary>
    ReplicaAnswersReadAfterClaim = 1 << 19,

    /// <summary>A fresh read may be answered by a replica that lags behind.</summary>
    ReplicaAnswersFreshRead = 1 << 20,

    /// <summary>A look at the window key may be answered by a replica that lags behind.</summary>
    ReplicaAnswersLook = 1 << 21,

    /// <summary>A direct read may be answered by a replica that lags behind.</summary>
    ReplicaAnswersDirectRead = 1 << 22,

    /// <summary>A request that starts while a direct read is under way takes its answer.</summary>
    DirectReadServesLatecomers = 1 << 23,

    /// <summary>A front end keeps the answer of a direct read as if it were a lease.</summary>
    DirectReadMakesLease = 1 << 24,
}
