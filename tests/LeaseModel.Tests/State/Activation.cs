namespace OrleansSessions.LeaseModel.Tests;

/// <summary>One silo's activation of the session grain. Orleans does not promise that it is the only one.</summary>
internal readonly record struct Activation
{
    public Phase Phase { get; init; }

    /// <summary>Its copy of the record.</summary>
    public SessionRecord Record { get; init; }

    /// <summary>Whether the etag that its next write expects, or that its write under way has made, is the stored one.</summary>
    public bool EtagIsCurrent { get; init; }

    /// <summary>Whether what it last wrote may have landed or not: it uses and writes nothing before it has read.</summary>
    public bool MustRead { get; init; }

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

    /// <summary>What the write under way changes.</summary>
    public Change Write { get; init; }

    /// <summary>Whether the claim or the write under way has landed, with its acknowledgement still on the way.</summary>
    public bool Landed { get; init; }

    public TakeBack TakeBack { get; init; }

    public LastSeenWrite LastSeen { get; init; }

    public int LastLeaseEnd => Math.Max(Holders.First.LeaseEnd, Holders.Second.LeaseEnd);

    public bool IsTakingBack => TakeBack.Progress != TakeBackProgress.None;

    /// <summary>Whether it may act on its copy of the record, for what that is worth.</summary>
    public bool CanUseRecord => Phase == Phase.Idle && !MustRead;

    /// <summary>The activation as it is at a time, without the times that have passed.</summary>
    public Activation At(int now) => this with
    {
        WindowEnd = WindowEnd.IfAfter(now),
        QuarantineUntil = QuarantineUntil.IfAfter(now),
        ClaimFound = ClaimFound.IfAfter(now),
        TakeBack = TakeBack with { Until = TakeBack.Until.IfAfter(now) },
        Holders = Holders.Select(holder => holder.At(now)),
    };

    /// <summary>Takes note of another's window.</summary>
    public Activation AwareOf(int othersUntil) => this with { QuarantineUntil = Math.Max(QuarantineUntil, othersUntil) };

    /// <summary>The activation with a record as it has read it.</summary>
    public Activation WithRead(SessionRecord record, SessionRecord stored) => this with
    {
        Record = record,
        EtagIsCurrent = record == stored,
        MustRead = false,
        LastSeen = LastSeen.Overtaken,
    };

    /// <summary>Begins to take back all leases for a change that is durable.</summary>
    public Activation TakingBackFor(Change change) => this with
    {
        TakeBack = new(TakeBackProgress.Looking, change, Until: 0),
        Holders = Holders.Select(holder => holder.Told),
    };

    /// <summary>The activation with an etag that a write of someone else has outdated.</summary>
    public Activation Outdated => this with { EtagIsCurrent = false, LastSeen = LastSeen with { EtagIsCurrent = false } };
}
