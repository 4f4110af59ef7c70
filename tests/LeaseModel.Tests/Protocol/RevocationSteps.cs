namespace OrleansSessions.LeaseModel.Tests;

/// <summary>How an activation revokes: it writes the tombstone, looks who else may have leases out, and waits until none are left.</summary>
internal sealed class RevocationSteps(ProtocolVariant variant, ProtocolScope scope)
{
    public void AddSteps(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        switch (activation.Phase)
        {
            case Phase.Idle when activation.Active:
                successors.Add(new(StepName.Revoke, silo), state.With(silo, activation with { Phase = Phase.WritingTombstone }));
                break;
            case Phase.Idle when scope.HasFlag(ProtocolScope.RepeatedRevocation):
                // The first caller may have seen a time-out, with leases still out: the second one must wait all the same.
                successors.Add(new(StepName.RevokeAgain, silo), variant.HasFlag(ProtocolVariant.RepeatedRevokeDoesNotWait)
                    ? RevocationReturns(state, silo)
                    : state.With(silo, activation with { Phase = Phase.Looking }));
                break;
            case Phase.Looking:
                successors.Add(new(StepName.Look, silo), state.With(silo, Looked(activation, state.Key.OthersUntil(silo))));
                break;
            case Phase.AwaitingDrops when LeasesAreOver(state, activation):
                successors.Add(new(StepName.RevocationReturns, silo), RevocationReturns(state, silo));
                break;
        }
    }

    // Also inside its own window: another activation may have claimed since.
    private Activation Looked(in Activation activation, int othersUntil) =>
        (variant.HasFlag(ProtocolVariant.NoLookAtRevocation) ? activation : activation.AwareOf(othersUntil)) with { Phase = Phase.AwaitingDrops };

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
