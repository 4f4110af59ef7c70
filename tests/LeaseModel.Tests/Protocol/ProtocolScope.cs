namespace OrleansSessions.LeaseModel.Tests;

/// <summary>Which steps are explored beyond validation, claims, revocation and crashes.</summary>
[Flags]
public enum ProtocolScope
{
    /// <summary>None.</summary>
    Core = 0,

    /// <summary>Activations also end in good order, and shorten their window key.</summary>
    OrderlyDeactivation = 1 << 0,

    /// <summary>Changes are also asked for again, as callers do after a time-out.</summary>
    RepeatedChanges = 1 << 1,

    /// <summary>Claims also land after their activation is no more.</summary>
    StrayClaims = 1 << 2,

    /// <summary>Answers to claims are also lost, and their activations go on for a while.</summary>
    FailedClaims = 1 << 3,

    /// <summary>The ends of activations and of claims: all but the answers that are lost while their activations go on.</summary>
    Ends = OrderlyDeactivation | RepeatedChanges | StrayClaims,

    /// <summary>Answers to writes and reads are also lost, and their activations go on; writes also land after that, or after a crash.</summary>
    UnknownWrites = 1 << 4,

    /// <summary>Secrets are also rotated, and front ends also ask with the new one.</summary>
    Rotation = 1 << 5,

    /// <summary>The latest use is also stored, while everything else goes on.</summary>
    LastSeenWrites = 1 << 6,

    /// <summary>Front ends also read the record themselves.</summary>
    DirectReads = 1 << 7,

    /// <summary>Nothing is revoked, which leaves room for more of the rest.</summary>
    NoRevocation = 1 << 8,
}
