namespace OrleansSessions.LeaseModel.Tests;

/// <summary>How far a front end's validation call has come.</summary>
internal enum Call
{
    None,
    Sent,
    AnsweredRefused,

    /// <summary>Answered active, for nobody but those who wait.</summary>
    AnsweredActive,
    AnsweredWithLease,

    /// <summary>Not a call to a silo: the front end reads the record itself.</summary>
    DirectRead,
    DirectReadActive,
}

/// <summary>A front end: its lease for the session, and its one shared call under way.</summary>
internal readonly record struct FrontEnd
{
    public int LeaseEnd { get; init; }

    /// <summary>The secret that the lease is for.</summary>
    public Secret LeaseSecret { get; init; }

    public Call Call { get; init; }

    /// <summary>The secret that the call is about.</summary>
    public Secret Secret { get; init; }

    public int SentAt { get; init; }

    /// <summary>The silo that the call went to, while it waits for an answer.</summary>
    public int Silo { get; init; }

    /// <summary>Whether a drop came while the call was under way.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Whether a request waits for this call that started after its secret had to be refused.</summary>
    public bool ServesLatecomer { get; init; }

    public bool Waiting => Call == Call.Sent;

    /// <summary>The front end with an answer on its way. Whom it comes from does not matter any more.</summary>
    public FrontEnd Answered(Call answer) => this with { Call = answer, Silo = 0 };

    /// <summary>The front end with no call under way, and the lease it has.</summary>
    public FrontEnd Done => WithLease(LeaseEnd, LeaseSecret);

    /// <summary>The front end as it is at a time, without a lease that has ended.</summary>
    public FrontEnd At(int now) => LeaseEnd > now ? this : WithoutLease;

    public FrontEnd WithoutLease => this with { LeaseEnd = 0, LeaseSecret = Secret.First };

    /// <summary>A front end with no call under way.</summary>
    public static FrontEnd WithLease(int leaseEnd, Secret secret) => new() { LeaseEnd = leaseEnd, LeaseSecret = secret };
}
