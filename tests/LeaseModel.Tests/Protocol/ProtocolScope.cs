namespace OrleansSessions.LeaseModel.Tests;

/// <summary>Which steps are explored beyond validation, ownership, revocation and crashes.</summary>
[Flags]
public enum ProtocolScope
{
    /// <summary>None.</summary>
    Core = 0,

    /// <summary>Activations also end in good order, and shorten their window in the record.</summary>
    OrderlyDeactivation = 1 << 0,

    /// <summary>Revocations are also asked for again, as callers do after a time-out.</summary>
    RepeatedRevocation = 1 << 1,

    /// <summary>All of them.</summary>
    Everything = OrderlyDeactivation | RepeatedRevocation,
}
