namespace OrleansSessions.LeaseModel.Tests;

/// <summary>A state in 16 bytes, since millions of them are kept. Each word carries one silo and one front end.</summary>
internal readonly record struct PackedState(ulong First, ulong Second)
{
    public static PackedState Pack(in ModelState state)
    {
        var first = new BitWriter();
        first.Add(state.Now, 4);
        first.Add(state.RevokedAt + 1, 4);
        first.Add(state.StrayClaim);
        Add(ref first, state.Activations.First);
        Add(ref first, state.FrontEnds.First);

        var second = new BitWriter();
        second.Add(state.Record.Etag, 2);
        second.Add(state.Record.Active);
        second.Add((int)state.Key.Owner, 2);
        second.Add(state.Key.Until, 4);
        Add(ref second, state.Activations.Second);
        Add(ref second, state.FrontEnds.Second);
        return new(first.Word, second.Word);
    }

    // The initializers run in the order in which they are written, which is the order of packing.
    public ModelState Unpack()
    {
        var first = new BitReader(First);
        var second = new BitReader(Second);
        return new()
        {
            Now = first.Take(4),
            RevokedAt = first.Take(4) - 1,
            StrayClaim = first.TakeFlag(),
            Record = new(second.Take(2), second.TakeFlag()),
            Key = new((KeyOwner)second.Take(2), second.Take(4)),
            Activations = new(TakeActivation(ref first), TakeActivation(ref second)),
            FrontEnds = new(TakeFrontEnd(ref first), TakeFrontEnd(ref second)),
        };
    }

    public static void Add(ref BitWriter bits, in Activation activation)
    {
        bits.Add((int)activation.Phase, 3);
        bits.Add(activation.Etag, 2);
        bits.Add(activation.Active);
        bits.Add(activation.WindowEnd, 4);
        bits.Add(activation.QuarantineUntil, 4);
        bits.Add(activation.ClaimSentAt, 4);
        bits.Add(activation.ClaimFound, 4);
        bits.Add(activation.Landed);
        Add(ref bits, activation.Holders.First);
        Add(ref bits, activation.Holders.Second);
    }

    public static void Add(ref BitWriter bits, Holder holder)
    {
        bits.Add(holder.LeaseEnd, 4);
        bits.Add((int)holder.Drop, 2);
    }

    public static void Add(ref BitWriter bits, in FrontEnd frontEnd)
    {
        bits.Add(frontEnd.LeaseEnd, 4);
        bits.Add((int)frontEnd.Call, 3);
        bits.Add(frontEnd.SentAt, 4);
        bits.Add(frontEnd.Silo, 1);
        bits.Add(frontEnd.Cancelled);
        bits.Add(frontEnd.ServesLatecomer);
    }

    private static Activation TakeActivation(ref BitReader bits) => new()
    {
        Phase = (Phase)bits.Take(3),
        Etag = bits.Take(2),
        Active = bits.TakeFlag(),
        WindowEnd = bits.Take(4),
        QuarantineUntil = bits.Take(4),
        ClaimSentAt = bits.Take(4),
        ClaimFound = bits.Take(4),
        Landed = bits.TakeFlag(),
        Holders = new(TakeHolder(ref bits), TakeHolder(ref bits)),
    };

    private static Holder TakeHolder(ref BitReader bits) => new(bits.Take(4), (Drop)bits.Take(2));

    private static FrontEnd TakeFrontEnd(ref BitReader bits) => new()
    {
        LeaseEnd = bits.Take(4),
        Call = (Call)bits.Take(3),
        SentAt = bits.Take(4),
        Silo = bits.Take(1),
        Cancelled = bits.TakeFlag(),
        ServesLatecomer = bits.TakeFlag(),
    };
}
