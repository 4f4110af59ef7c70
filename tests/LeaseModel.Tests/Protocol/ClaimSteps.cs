namespace OrleansSessions.LeaseModel.Tests;

/// <summary>How an activation claims the window in which it grants leases: it sets the key, and reads the record after that.</summary>
/// <remarks>
/// A change does the two in the other order: it writes the record, and looks at the key after that. So of a claim and
/// a change that meet, at least one finds the other.
/// </remarks>
internal sealed class ClaimSteps(ModelBounds bounds, ProtocolVariant variant, ProtocolScope scope)
{
    public void AddSteps(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        switch (activation)
        {
            case { Phase: Phase.Claiming, Landed: false }:
                successors.Add(new(StepName.ClaimLands, silo), ClaimLands(state, silo));
                break;
            case { Phase: Phase.Claiming, Landed: true }:
                successors.Add(new(StepName.ClaimAcknowledged, silo), state.With(silo, ClaimAcknowledged(activation)));
                break;
            case { Phase: Phase.Reading }:
                AddRead(state, silo, successors);
                break;
        }

        if (scope.HasFlag(ProtocolScope.FailedClaims) && activation.Phase == Phase.Claiming)
        {
            AddFailure(state, silo, successors);
        }
    }

    /// <summary>A claim whose activation is no more takes the key all the same, for nobody.</summary>
    public void AddStraySteps(in ModelState state, Successors successors)
    {
        if (state.StrayClaim)
        {
            successors.Add(new(StepName.StrayClaimLands), state with { Key = Claimed(KeyOwner.Gone, state.Now), StrayClaim = false });
        }
    }

    /// <summary>
    /// Whether the claim has taken the window from someone is not known, nor whether it will yet: the activation gives up its
    /// window and its name, so that whatever the claim took or takes is someone else's to it.
    /// </summary>
    private void AddFailure(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        var given = LookingAgain(activation) with { Phase = Phase.Idle, WindowEnd = 0, ClaimSentAt = 0, ClaimFound = 0, Landed = false };
        var failed = state.With(silo, given);
        if (!variant.HasFlag(ProtocolVariant.KeepsNameAfterFailedClaim))
        {
            failed = failed.Renamed(silo);
        }

        successors.Add(new(StepName.ClaimFails, silo), failed);
        if (!activation.Landed)
        {
            successors.Add(new(StepName.ClaimFails, silo), failed with { StrayClaim = true });
        }
    }

    /// <summary>What the key said while the claim was under way was said to another name.</summary>
    private static Activation LookingAgain(in Activation activation) => activation.TakeBack.Progress == TakeBackProgress.AwaitingClaim
        ? activation with { TakeBack = activation.TakeBack with { Progress = TakeBackProgress.Looking } }
        : activation;

    /// <summary>The claim takes the key whoever has it, and finds out whom it took it from: of two claims at once, one finds the other.</summary>
    private ModelState ClaimLands(in ModelState state, int silo)
    {
        var found = variant.HasFlag(ProtocolVariant.ClaimForgetsOthers) ? 0 : state.Key.OthersUntil(silo);
        var landed = state.Activations[silo] with { Landed = true, ClaimFound = found };
        return state.With(silo, landed) with { Key = Claimed(WindowKey.OwnerOn(silo), state.Now) };
    }

    // The key's time runs from when the store sets it: no earlier than the window itself, and so ends no earlier.
    private WindowKey Claimed(KeyOwner owner, int now) => new(owner, now + bounds.Window);

    private Activation ClaimAcknowledged(in Activation activation)
    {
        var acknowledged = activation.AwareOf(activation.ClaimFound) with { Phase = Phase.Reading, ClaimFound = 0, Landed = false };
        if (acknowledged.TakeBack.Progress == TakeBackProgress.AwaitingClaim)
        {
            acknowledged = TakeBackSteps.AwaitingDrops(acknowledged);
        }

        return variant.HasFlag(ProtocolVariant.NoReadAfterClaim) ? WindowOpens(acknowledged) : acknowledged;
    }

    /// <summary>The read shows what is stored, or fails: then the window stays as it was.</summary>
    private void AddRead(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        foreach (var record in ReadSteps.Answers(state, variant.HasFlag(ProtocolVariant.ReplicaAnswersReadAfterClaim)))
        {
            successors.Add(new(StepName.WindowOpens, silo), state.With(silo, WindowOpens(activation.WithRead(record, state.Record))));
        }

        if (scope.HasFlag(ProtocolScope.UnknownWrites))
        {
            successors.Add(new(StepName.ReadFails, silo), state.With(silo, activation with { Phase = Phase.Idle, ClaimSentAt = 0 }));
        }
    }

    // The window counts from before the claim was sent. Over a tombstone it opens for nothing.
    private Activation WindowOpens(in Activation activation) =>
        activation with { Phase = Phase.Idle, WindowEnd = activation.ClaimSentAt + bounds.Window, ClaimSentAt = 0 };
}
