namespace OrleansSessions.LeaseModel.Tests;

/// <summary>What an activation of the session grain is doing with the store, one thing at a time.</summary>
internal enum Phase
{
    Absent,
    Idle,

    /// <summary>Its claim is on its way to the window key, or the acknowledgement is on its way back.</summary>
    Claiming,

    /// <summary>Its claim is acknowledged, and it reads the record before it opens its window.</summary>
    Reading,

    Writing,

    /// <summary>On its way out: it shortens the window key.</summary>
    Releasing,
}
