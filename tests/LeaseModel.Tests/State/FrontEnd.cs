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

    /// <summary>The silo that the call went to, while it waits for an answer.</summary>
    public int Silo { get; init; }

    /// <summary>Whether a drop came while the call was under way.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Whether a request waits for this call that started after a revocation had returned.</summary>
    public bool ServesLatecomer { get; init; }

    public bool Waiting => Call == Call.Sent;

    /// <summary>The front end with an answer on its way. Whom it comes from does not matter any more.</summary>
    public FrontEnd Answered(Call answer) => this with { Call = answer, Silo = 0 };

    /// <summary>The front end as it is at a time, without a lease that has ended.</summary>
    public FrontEnd At(int now) => this with { LeaseEnd = LeaseEnd.IfAfter(now) };

    /// <summary>A front end with no call under way.</summary>
    public static FrontEnd Idle(int leaseEnd) => new() { LeaseEnd = leaseEnd };
}
