namespace OrleansSessions.LeaseModel.Tests;

/// <summary>How the latest use is stored: by a write that changes no answer, and goes on beside everything else.</summary>
/// <remarks>Whatever becomes of it, window and leases stay. It only outdates etags, so that other writes are refused.</remarks>
internal sealed class LastSeenSteps(ProtocolVariant variant)
{
    public void AddSteps(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        switch (activation.LastSeen)
        {
            case { Progress: LastSeenProgress.None } when CanStore(state, silo):
                var sent = new LastSeenWrite(LastSeenProgress.Sent, EtagIsCurrent: true, IsOvertaken: false);
                successors.Add(new(StepName.StoreLastSeen, silo), state.With(silo, activation with { LastSeen = sent }));
                break;
            case { Progress: LastSeenProgress.Sent, EtagIsCurrent: true }:
                successors.Add(new(StepName.LastSeenApplied, silo), Applied(state, silo));
                successors.Add(
                    new(StepName.LastSeenFailsAndMayLand, silo),
                    state.With(silo, Failed(activation)) with { StrayWrites = state.StrayWrites | StrayWrites.LastSeen });
                break;
            case { Progress: LastSeenProgress.Sent, EtagIsCurrent: false }:
                successors.Add(new(StepName.LastSeenRefused, silo), state.With(silo, Failed(activation)));
                break;
            case { Progress: LastSeenProgress.Landed }:
                successors.Add(new(StepName.LastSeenAcknowledged, silo), state.With(silo, Acknowledged(activation)));
                break;
        }

        if (activation.LastSeen.Progress != LastSeenProgress.None)
        {
            successors.Add(new(StepName.LastSeenFails, silo), state.With(silo, Failed(activation)));
        }
    }

    // One at a time, and none that is sure to be refused: more would only outdate the same etags again.
    private static bool CanStore(in ModelState state, int silo) =>
        state.Activations[silo] is { CanUseRecord: true, EtagIsCurrent: true } activation
        && activation.Record.IsActive()
        && state.Activations.All(any => any.LastSeen.Progress == LastSeenProgress.None);

    private static ModelState Applied(in ModelState state, int silo)
    {
        var stored = state.Stored(state.Record);
        var activation = stored.Activations[silo];
        var landed = activation.LastSeen with { Progress = LastSeenProgress.Landed, EtagIsCurrent = true };
        return stored.With(silo, activation with { LastSeen = landed });
    }

    // An answer that was overtaken by a read or by another write says nothing about what is stored now.
    private Activation Acknowledged(in Activation activation)
    {
        if (variant.HasFlag(ProtocolVariant.LastSeenRestoresRecord) && activation.Phase == Phase.Idle)
        {
            return activation with { Record = SessionRecord.ActiveWithFirst, EtagIsCurrent = activation.LastSeen.EtagIsCurrent, LastSeen = default };
        }

        return activation with
        {
            EtagIsCurrent = IsForRecord(activation) ? activation.LastSeen.EtagIsCurrent : activation.EtagIsCurrent,
            LastSeen = default,
        };
    }

    private static Activation Failed(in Activation activation) => activation with
    {
        EtagIsCurrent = !IsForRecord(activation) && activation.EtagIsCurrent,
        LastSeen = default,
    };

    // A write under way expects, or has made, an etag of its own.
    private static bool IsForRecord(in Activation activation) =>
        !activation.LastSeen.IsOvertaken && !activation.MustRead && activation.Phase != Phase.Writing;
}
