namespace OrleansSessions.LeaseModel.Tests;

/// <summary>What a session's activation does by itself: come, go, and revoke.</summary>
internal sealed class ActivationSteps(ProtocolVariant variant, ProtocolScope scope)
{
    public void AddSteps(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        if (activation.Phase == Phase.Absent)
        {
            successors.Add(new(StepName.Activate, silo), state.With(silo, Activate(state.Record)));
            return;
        }

        successors.Add(new(StepName.Crash, silo), state.With(silo, default(Activation)));
        if (CanDeactivate(activation, state.Now))
        {
            successors.Add(new(StepName.Deactivate, silo), state.With(silo, activation.StartWrite(Phase.ShorteningOwnership, state.Now)));
        }

        if (activation.Phase == Phase.Idle)
        {
            AddIdleSteps(state, silo, successors);
        }
        else if (activation.Phase == Phase.AwaitingDrops && LeasesAreOver(state, activation))
        {
            successors.Add(new(StepName.RevocationReturns, silo), RevocationReturns(state, silo));
        }
    }

    // An activation starts with no window of its own, whatever the record says.
    private Activation Activate(SessionRecord record) => new()
    {
        Phase = Phase.Idle,
        Etag = record.Etag,
        Active = record.Active,
        QuarantineUntil = variant.HasFlag(ProtocolVariant.NoQuarantine) ? 0 : record.OwnedUntil,
    };

    private void AddIdleSteps(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        if (activation.Active)
        {
            successors.Add(new(StepName.Revoke, silo), state.With(silo, activation.StartWrite(Phase.WritingTombstone, state.Now)));
        }
        else if (scope.HasFlag(ProtocolScope.RepeatedRevocation))
        {
            // The first caller may have seen a time-out, with leases still out: the second one must wait all the same.
            successors.Add(new(StepName.RevokeAgain, silo), variant.HasFlag(ProtocolVariant.RepeatedRevokeDoesNotWait)
                ? RevocationReturns(state, silo)
                : state.With(silo, activation with { Phase = Phase.AwaitingDrops }));
        }
    }

    // Also of an ended session, and while a revocation waits, which then never returns to its caller.
    private bool CanDeactivate(in Activation activation, int now) =>
        scope.HasFlag(ProtocolScope.OrderlyDeactivation)
        && activation is { Phase: Phase.Idle or Phase.AwaitingDrops }
        && activation.WindowEnd > now;

    private bool LeasesAreOver(ModelState state, in Activation activation) =>
        variant.HasFlag(ProtocolVariant.RevokeDoesNotWait)
        || (state.Now >= activation.QuarantineUntil
            && activation.Holders.All(holder => holder.LeaseEnd <= state.Now || holder.Drop == Drop.Acknowledged));

    private static ModelState RevocationReturns(in ModelState state, int silo)
    {
        var activation = state.Activations[silo];
        var next = state.With(silo, activation with
        {
            Phase = Phase.Idle,
            Holders = activation.Holders.Select(holder => holder with { Drop = Drop.None }),
        });
        return next with { RevokedAt = state.Revoked ? state.RevokedAt : state.Now };
    }
}
