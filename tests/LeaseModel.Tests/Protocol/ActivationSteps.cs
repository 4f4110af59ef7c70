namespace OrleansSessions.LeaseModel.Tests;

/// <summary>How a session's activation comes and goes.</summary>
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

        AddCrash(state, silo, successors);
        if (CanDeactivate(state, silo))
        {
            successors.Add(new(StepName.Deactivate, silo), state.With(silo, activation with { Phase = Phase.Releasing }));
        }
        else if (activation.Phase == Phase.Releasing)
        {
            successors.Add(new(StepName.ReleaseLands, silo), ReleaseLands(state, silo));
        }
    }

    // An activation starts with no window, and knows of nobody else's: its claim or its revocation will find out.
    private static Activation Activate(SessionRecord record) => new()
    {
        Phase = Phase.Idle,
        Record = record,
        EtagIsCurrent = true,
    };

    /// <summary>A claim on its way is lost with its activation, or lands without it. A release that lands late does no more than one that landed before.</summary>
    /// <remarks>A write that lands without its activation is one that fails first.</remarks>
    private void AddCrash(in ModelState state, int silo, Successors successors)
    {
        successors.Add(new(StepName.Crash, silo), state.Without(silo));
        if (scope.HasFlag(ProtocolScope.StrayClaims) && state.Activations[silo] is { Phase: Phase.Claiming, Landed: false })
        {
            successors.Add(new(StepName.CrashLeavesClaim, silo), state.Without(silo) with { StrayClaim = true });
        }
    }

    // Also of an ended session, and while a change waits, which then never returns to its caller. Where the key is not its
    // own, to end in good order is to crash.
    private bool CanDeactivate(in ModelState state, int silo) =>
        scope.HasFlag(ProtocolScope.OrderlyDeactivation)
        && state.Activations[silo] is
        {
            Phase: Phase.Idle,
            TakeBack.Progress: TakeBackProgress.None or TakeBackProgress.AwaitingDrops,
            LastSeen.Progress: LastSeenProgress.None,
        }
        && state.Key.IsOwnedBy(silo);

    // Whoever has claimed since has noted this window, and the key is theirs.
    private ModelState ReleaseLands(in ModelState state, int silo)
    {
        var key = state.Key.IsOwnedBy(silo) ? (state.Key with { Until = ShorterWindow(state.Activations[silo]) }).At(state.Now) : state.Key;
        return (state with { Key = key }).Without(silo);
    }

    // The key also speaks for those that this activation was itself in quarantine for.
    private int ShorterWindow(in Activation activation) => variant switch
    {
        ProtocolVariant.ShortensBelowLastLease => activation.QuarantineUntil,
        ProtocolVariant.ShortensBelowQuarantine => activation.LastLeaseEnd,
        _ => Math.Max(activation.LastLeaseEnd, activation.QuarantineUntil),
    };
}
