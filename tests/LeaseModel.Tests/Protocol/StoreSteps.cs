namespace OrleansSessions.LeaseModel.Tests;

/// <summary>The compare-and-set writes: each lands or is refused at some time after it was sent, and is acknowledged later still.</summary>
internal sealed class StoreSteps(ModelBounds bounds, ProtocolVariant variant)
{
    public void AddSteps(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        if (!activation.WritePending)
        {
            return;
        }

        if (activation.WriteApplied)
        {
            Acknowledge(state, silo, successors);
        }
        else if (state.Record.Etag != activation.Etag)
        {
            // InconsistentStateException: the activation is out of date, and deactivates.
            successors.Add(new(StepName.WriteRefused, silo), state.With(silo, default(Activation)));
        }
        else if (state.Record.Etag < bounds.Writes)
        {
            var next = state.With(silo, activation with { WriteApplied = true });
            successors.Add(new(StepName.WriteApplied, silo), next with { Record = Written(state.Record, activation) });
        }
    }

    private SessionRecord Written(SessionRecord record, in Activation activation)
    {
        var next = record with { Etag = record.Etag + 1 };
        return activation.Phase switch
        {
            Phase.ExtendingOwnership => next with { OwnedUntil = activation.WriteSentAt + bounds.Window },
            Phase.ShorteningOwnership => next with { OwnedUntil = ShorterOwnership(activation) },
            _ => next with { Active = false },
        };
    }

    // The record also speaks for those that this activation was itself in quarantine for.
    private int ShorterOwnership(in Activation activation) => variant switch
    {
        ProtocolVariant.ShortensBelowLastLease => activation.QuarantineUntil,
        ProtocolVariant.ShortensBelowQuarantine => activation.LastLeaseEnd,
        _ => Math.Max(activation.LastLeaseEnd, activation.QuarantineUntil),
    };

    private void Acknowledge(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        var (name, next) = activation.Phase switch
        {
            Phase.ExtendingOwnership => (StepName.OwnershipExtended, OwnershipExtended(activation)),
            Phase.ShorteningOwnership => (StepName.Deactivated, default),
            _ => (StepName.TombstoneWritten, TombstoneWritten(activation, state.Now)),
        };
        successors.Add(new(name, silo), state.With(silo, next));
    }

    // The window counts from before the write was sent.
    private Activation OwnershipExtended(in Activation activation) =>
        activation.EndWrite(Phase.Idle) with { WindowEnd = activation.WriteSentAt + bounds.Window };

    private static Activation TombstoneWritten(in Activation activation, int now) =>
        activation.EndWrite(Phase.AwaitingDrops) with
        {
            Active = false,
            Holders = activation.Holders.Select(holder => holder.LeaseEnd > now ? holder with { Drop = Drop.Sent } : holder),
        };
}
