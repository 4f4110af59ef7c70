namespace OrleansSessions.LeaseModel.Tests;

/// <summary>The compare-and-set write of the record: it lands or is refused at some time after it was sent, and is acknowledged later still.</summary>
/// <remarks>Only tombstones are written: a record that changes otherwise changes nothing about who may grant leases.</remarks>
internal static class StoreSteps
{
    public static void AddSteps(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        if (activation.Phase != Phase.WritingTombstone)
        {
            return;
        }

        if (activation.Landed)
        {
            successors.Add(new(StepName.TombstoneWritten, silo), state.With(silo, TombstoneWritten(activation, state.Now)));
        }
        else if (state.Record.Etag != activation.Etag)
        {
            // InconsistentStateException: the activation is out of date, and deactivates.
            successors.Add(new(StepName.WriteRefused, silo), state.Without(silo));
        }
        else
        {
            var next = state.With(silo, activation with { Landed = true });
            successors.Add(new(StepName.WriteApplied, silo), next with { Record = new(state.Record.Etag + 1, Active: false) });
        }
    }

    private static Activation TombstoneWritten(in Activation activation, int now) => activation with
    {
        Phase = Phase.Looking,
        Etag = activation.Etag + 1,
        Active = false,
        Landed = false,
        Holders = activation.Holders.Select(holder => holder.LeaseEnd > now ? holder with { Drop = Drop.Sent } : holder),
    };
}
