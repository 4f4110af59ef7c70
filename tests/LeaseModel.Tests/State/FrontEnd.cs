namespace OrleansSessions.LeaseModel.Tests;

/// <summary>How far a front end's validation call has come.</summary>
internal enum Call
{
    None,
    Sent,
    AnsweredRevoked,
    AnsweredByFreshRead,
    AnsweredWithLease,
}

/// <summary>A front end: its lease for the session, and its one shared call under way.</summary>
internal readonly record struct FrontEnd
{
    public int LeaseEnd { get; init; }

    public Call Call { get; init; }

    public int SentAt { get; init; }

    /// <summary>The silo that the call went to.</summary>
    public int Silo { get; init; }

    public int AnsweredAt { get; init; }

    /// <summary>Whether a drop came while the call was under way.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Whether a request waits for this call that started after a revocation had returned.</summary>
    public bool ServesLatecomer { get; init; }

    public bool Waiting => Call == Call.Sent;

    /// <summary>A front end with no call under way.</summary>
    public static FrontEnd Idle(int leaseEnd) => new() { LeaseEnd = leaseEnd };
}
