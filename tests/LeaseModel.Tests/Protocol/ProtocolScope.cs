namespace OrleansSessions.LeaseModel.Tests;

/// <summary>Which steps are explored beyond validation, claims, revocation and crashes.</summary>
[Flags]
public enum ProtocolScope
{
    /// <summary>None.</summary>
    Core = 0,

    /// <summary>Activations also end in good order, and shorten their window key.</summary>
    OrderlyDeactivation = 1 << 0,

    /// <summary>Revocations are also asked for again, as callers do after a time-out.</summary>
    RepeatedRevocation = 1 << 1,

    /// <summary>Claims also land after their activation is no more.</summary>
    StrayClaims = 1 << 2,

    /// <summary>Answers to claims are also lost, and their activations go on for a while.</summary>
    FailedClaims = 1 << 3,

    /// <summary>The ends of activations and of claims: all but the answers that are lost while their activations go on.</summary>
    Ends = OrderlyDeactivation | RepeatedRevocation | StrayClaims,
}
