namespace OrleansSessions.LeaseModel.Tests;

/// <summary>What an activation of the session grain is doing.</summary>
internal enum Phase
{
    Absent,
    Idle,

    /// <summary>Its claim is on its way to the window key, or the acknowledgement is on its way back.</summary>
    Claiming,

    /// <summary>Its claim is acknowledged, and it reads the record before it opens its window.</summary>
    Reading,

    WritingTombstone,

    /// <summary>The tombstone is durable, and a revocation asks the window key who else may have leases out.</summary>
    Looking,

    AwaitingDrops,

    /// <summary>On its way out: it shortens the window key.</summary>
    Releasing,
}

/// <summary>How far the call has come that tells a holder to drop its lease.</summary>
internal enum Drop
{
    None,
    Sent,
    Acknowledged,
}

/// <summary>A front end as the activation knows it: the end of the longest lease granted to it.</summary>
internal readonly record struct Holder(int LeaseEnd, Drop Drop);

/// <summary>One silo's activation of the session grain. Orleans does not promise that it is the only one.</summary>
internal readonly record struct Activation
{
    public Phase Phase { get; init; }

    /// <summary>The etag that its next write expects.</summary>
    public int Etag { get; init; }

    /// <summary>Whether its copy of the record is active.</summary>
    public bool Active { get; init; }

    /// <summary>The end of the window that it has itself claimed; zero before.</summary>
    public int WindowEnd { get; init; }

    /// <summary>Until when other activations may have leases out, as far as this one has learnt.</summary>
    public int QuarantineUntil { get; init; }

    /// <summary>The leases it has granted, by front end.</summary>
    public Pair<Holder> Holders { get; init; }

    /// <summary>When the claim under way was sent.</summary>
    public int ClaimSentAt { get; init; }

    /// <summary>Until when another's window may last, as the claim under way has found; it is learnt with the acknowledgement.</summary>
    public int ClaimFound { get; init; }

    /// <summary>Whether the claim or the write under way has landed, with its acknowledgement still on the way.</summary>
    public bool Landed { get; init; }

    public int LastLeaseEnd => Math.Max(Holders.First.LeaseEnd, Holders.Second.LeaseEnd);

    /// <summary>The activation as it is at a time, without the times that have passed.</summary>
    public Activation At(int now) => this with
    {
        WindowEnd = WindowEnd.IfAfter(now),
        QuarantineUntil = QuarantineUntil.IfAfter(now),
        ClaimFound = ClaimFound.IfAfter(now),
        Holders = Holders.Select(holder => holder with { LeaseEnd = holder.LeaseEnd.IfAfter(now) }),
    };

    /// <summary>Takes note of another's window.</summary>
    public Activation AwareOf(int othersUntil) => this with { QuarantineUntil = Math.Max(QuarantineUntil, othersUntil) };
}
