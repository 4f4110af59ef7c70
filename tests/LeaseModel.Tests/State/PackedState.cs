namespace OrleansSessions.LeaseModel.Tests;

/// <summary>A state in 24 bytes, since millions of them are kept: a word for each silo, and one for the rest.</summary>
internal readonly record struct PackedState(ulong First, ulong Second, ulong Rest)
{
    public static PackedState Pack(in ModelState state)
    {
        var first = new BitWriter();
        Add(ref first, state.Activations.First);

        var second = new BitWriter();
        Add(ref second, state.Activations.Second);

        var rest = new BitWriter();
        rest.Add(state.Now, 4);
        rest.Add((int)state.Record, 2);
        rest.Add((int)state.Key.Owner, 2);
        rest.Add(state.Key.Until, 4);
        rest.Add(state.StrayClaim);
        rest.Add((int)state.StrayWrites, 3);
        rest.Add(state.Rotated);
        rest.Add(state.Revoked);
        Add(ref rest, state.FrontEnds.First);
        Add(ref rest, state.FrontEnds.Second);
        return new(first.Word, second.Word, rest.Word);
    }

    // The initializers run in the order in which they are written, which is the order of packing.
    public ModelState Unpack()
    {
        var first = new BitReader(First);
        var second = new BitReader(Second);
        var rest = new BitReader(Rest);
        return new()
        {
            Activations = new(TakeActivation(ref first), TakeActivation(ref second)),
            Now = rest.Take(4),
            Record = (SessionRecord)rest.Take(2),
            Key = new((KeyOwner)rest.Take(2), rest.Take(4)),
            StrayClaim = rest.TakeFlag(),
            StrayWrites = (StrayWrites)rest.Take(3),
            Rotated = rest.TakeFlag(),
            Revoked = rest.TakeFlag(),
            FrontEnds = new(TakeFrontEnd(ref rest), TakeFrontEnd(ref rest)),
        };
    }

    public static void Add(ref BitWriter bits, in Activation activation)
    {
        bits.Add((int)activation.Phase, 3);
        bits.Add((int)activation.Record, 2);
        bits.Add(activation.EtagIsCurrent);
        bits.Add(activation.MustRead);
        bits.Add(activation.WindowEnd, 4);
        bits.Add(activation.QuarantineUntil, 4);
        bits.Add(activation.ClaimSentAt, 4);
        bits.Add(activation.ClaimFound, 4);
        bits.Add((int)activation.Write, 1);
        bits.Add(activation.Landed);
        bits.Add((int)activation.TakeBack.Progress, 2);
        bits.Add((int)activation.TakeBack.Change, 1);
        bits.Add(activation.TakeBack.Until, 4);
        bits.Add((int)activation.LastSeen.Progress, 2);
        bits.Add(activation.LastSeen.EtagIsCurrent);
        bits.Add(activation.LastSeen.IsOvertaken);
        Add(ref bits, activation.Holders.First);
        Add(ref bits, activation.Holders.Second);
    }

    public static void Add(ref BitWriter bits, Holder holder)
    {
        bits.Add(holder.LeaseEnd, 4);
        bits.Add(holder.AwaitedEnd, 4);
        bits.Add(holder.GrantedSince);
    }

    public static void Add(ref BitWriter bits, in FrontEnd frontEnd)
    {
        bits.Add(frontEnd.LeaseEnd, 4);
        bits.Add((int)frontEnd.LeaseSecret, 1);
        bits.Add((int)frontEnd.Call, 3);
        bits.Add((int)frontEnd.Secret, 1);
        bits.Add(frontEnd.SentAt, 4);
        bits.Add(frontEnd.Silo, 1);
        bits.Add(frontEnd.Cancelled);
        bits.Add(frontEnd.ServesLatecomer);
    }

    private static Activation TakeActivation(ref BitReader bits) => new()
    {
        Phase = (Phase)bits.Take(3),
        Record = (SessionRecord)bits.Take(2),
        EtagIsCurrent = bits.TakeFlag(),
        MustRead = bits.TakeFlag(),
        WindowEnd = bits.Take(4),
        QuarantineUntil = bits.Take(4),
        ClaimSentAt = bits.Take(4),
        ClaimFound = bits.Take(4),
        Write = (Change)bits.Take(1),
        Landed = bits.TakeFlag(),
        TakeBack = new((TakeBackProgress)bits.Take(2), (Change)bits.Take(1), bits.Take(4)),
        LastSeen = new((LastSeenProgress)bits.Take(2), bits.TakeFlag(), bits.TakeFlag()),
        Holders = new(TakeHolder(ref bits), TakeHolder(ref bits)),
    };

    private static Holder TakeHolder(ref BitReader bits) => new(bits.Take(4), bits.Take(4), bits.TakeFlag());

    private static FrontEnd TakeFrontEnd(ref BitReader bits) => new()
    {
        LeaseEnd = bits.Take(4),
        LeaseSecret = (Secret)bits.Take(1),
        Call = (Call)bits.Take(3),
        Secret = (Secret)bits.Take(1),
        SentAt = bits.Take(4),
        Silo = bits.Take(1),
        Cancelled = bits.TakeFlag(),
        ServesLatecomer = bits.TakeFlag(),
    };
}
