namespace OrleansSessions.LeaseModel.Tests;

/// <summary>What an activation of the session grain is doing.</summary>
internal enum Phase
{
    Absent,
    Idle,
    ExtendingOwnership,
    WritingTombstone,
    AwaitingDrops,
    ShorteningOwnership,
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

    /// <summary>The end of the window that it has itself written; zero before.</summary>
    public int WindowEnd { get; init; }

    public int QuarantineUntil { get; init; }

    /// <summary>The leases it has granted, by front end.</summary>
    public Pair<Holder> Holders { get; init; }

    /// <summary>When the write under way was sent.</summary>
    public int WriteSentAt { get; init; }

    /// <summary>Whether the write under way has landed, with its acknowledgement still on the way.</summary>
    public bool WriteApplied { get; init; }

    /// <summary>The front end for whose request the ownership is being extended.</summary>
    public int ExtendingFor { get; init; }

    public bool WritePending =>
        Phase is Phase.ExtendingOwnership or Phase.WritingTombstone or Phase.ShorteningOwnership;

    public int LastLeaseEnd => Math.Max(Holders.First.LeaseEnd, Holders.Second.LeaseEnd);

    public Activation StartWrite(Phase phase, int now, int extendingFor = 0) =>
        this with { Phase = phase, WriteSentAt = now, WriteApplied = false, ExtendingFor = extendingFor };

    public Activation EndWrite(Phase phase) =>
        this with { Phase = phase, Etag = Etag + 1, WriteSentAt = 0, WriteApplied = false, ExtendingFor = 0 };
}
