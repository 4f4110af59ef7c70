namespace OrleansSessions.LeaseModel.Tests;

/// <summary>How an activation takes leases back once a change is durable: it looks who else may have leases out, and waits until none are left.</summary>
/// <remarks>
/// A change that is made while an earlier one still waits takes its place, whose caller then never hears: it would have had to wait for no more.
/// </remarks>
internal sealed class TakeBackSteps(ProtocolVariant variant)
{
    public void AddSteps(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        switch (activation.TakeBack.Progress)
        {
            case TakeBackProgress.Looking when activation.Phase != Phase.Releasing:
                AddLook(state, silo, successors);
                break;
            case TakeBackProgress.AwaitingDrops when activation.Phase != Phase.Releasing && LeasesAreOver(state.Now, activation):
                var change = activation.TakeBack.Change;
                var step = change == Change.Rotation ? StepName.RotationReturns : StepName.RevocationReturns;
                successors.Add(new(step, silo), state.With(silo, Returned(activation)).Returned(change));
                break;
        }
    }

    private void AddLook(in ModelState state, int silo, Successors successors)
    {
        // Also inside its own window: another activation may have claimed since.
        var activation = state.Activations[silo];
        var othersUntil = variant.HasFlag(ProtocolVariant.NoLookAtRevocation) ? 0 : state.Key.OthersUntil(silo);
        successors.Add(new(StepName.Look, silo), state.With(silo, Looked(activation, othersUntil)));
        if (variant.HasFlag(ProtocolVariant.ReplicaAnswersLook))
        {
            successors.Add(new(StepName.Look, silo), state.With(silo, Looked(activation, othersUntil: 0)));
        }
    }

    // A claim under way may be why nobody else is to be seen: it has taken the key, and knows from whom.
    private Activation Looked(in Activation activation, int othersUntil)
    {
        var aware = activation.AwareOf(othersUntil);
        return activation.Phase == Phase.Claiming && !variant.HasFlag(ProtocolVariant.LookIgnoresClaimUnderWay)
            ? aware with { TakeBack = aware.TakeBack with { Progress = TakeBackProgress.AwaitingClaim } }
            : AwaitingDrops(aware);
    }

    /// <summary>The activation with all that it waits for. Whoever claims after the look reads the change.</summary>
    public static Activation AwaitingDrops(in Activation activation) => activation with
    {
        TakeBack = activation.TakeBack with { Progress = TakeBackProgress.AwaitingDrops, Until = activation.QuarantineUntil },
    };

    private bool LeasesAreOver(int now, in Activation activation) =>
        variant.HasFlag(ProtocolVariant.RevokeDoesNotWait)
        || (now >= activation.TakeBack.Until && activation.Holders.All(holder => holder.AwaitedEnd == 0));

    private static Activation Returned(in Activation activation) => activation with
    {
        TakeBack = default,
        Holders = activation.Holders.Select(holder => holder with { AwaitedEnd = 0, GrantedSince = false }),
    };
}
