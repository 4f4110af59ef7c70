namespace OrleansSessions.LeaseModel.Tests;

/// <summary>
/// The compare-and-set write of a change: it lands or is refused at some time after it was sent, and is acknowledged later
/// still, or never.
/// </summary>
internal sealed class WriteSteps(ProtocolVariant variant, ProtocolScope scope)
{
    public void AddSteps(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        if (activation.Phase != Phase.Writing)
        {
            return;
        }

        if (activation.Landed)
        {
            successors.Add(new(StepName.WriteAcknowledged, silo), state.With(silo, Acknowledged(activation)));
        }
        else if (activation.EtagIsCurrent)
        {
            successors.Add(new(StepName.WriteApplied, silo), Applied(state, silo));
        }
        else
        {
            successors.Add(new(StepName.WriteRefused, silo), state.With(silo, Failed(activation)));
        }

        if (scope.HasFlag(ProtocolScope.UnknownWrites))
        {
            AddFailure(state, silo, successors);
        }
    }

    /// <summary>Writes that nobody waits for land all the same.</summary>
    public static void AddStraySteps(in ModelState state, Successors successors)
    {
        if (state.StrayWrites.HasFlag(StrayWrites.Revocation))
        {
            successors.Add(new(StepName.StrayWriteLands), state.Stored(Change.Revocation.Record()));
        }

        if (state.StrayWrites.HasFlag(StrayWrites.Rotation))
        {
            successors.Add(new(StepName.StrayWriteLands), state.Stored(Change.Rotation.Record()));
        }

        if (state.StrayWrites.HasFlag(StrayWrites.LastSeen))
        {
            successors.Add(new(StepName.StrayWriteLands), state.Stored(state.Record));
        }
    }

    private void AddFailure(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        var failed = state.With(silo, Failed(activation));
        successors.Add(new(StepName.WriteFails, silo), failed);
        if (activation is { Landed: false, EtagIsCurrent: true })
        {
            var stray = activation.Write == Change.Rotation ? StrayWrites.Rotation : StrayWrites.Revocation;
            successors.Add(new(StepName.WriteFailsAndMayLand, silo), failed with { StrayWrites = failed.StrayWrites | stray });
        }
    }

    private static ModelState Applied(in ModelState state, int silo)
    {
        var stored = state.Stored(state.Activations[silo].Write.Record());
        return stored.With(silo, stored.Activations[silo] with { Landed = true, EtagIsCurrent = true });
    }

    private static Activation Acknowledged(in Activation activation)
    {
        var acknowledged = Done(activation) with { Record = activation.Write.Record(), LastSeen = activation.LastSeen.Overtaken };
        return acknowledged.TakingBackFor(activation.Write);
    }

    /// <summary>
    /// What is stored is not known, or not what was remembered: memory answers nothing until it has been read again. The name
    /// and the leases are known as before, so a later change still takes those leases back.
    /// </summary>
    private Activation Failed(in Activation activation)
    {
        if (variant.HasFlag(ProtocolVariant.BelievesUnknownWrite))
        {
            return Done(activation) with { Record = activation.Write.Record() };
        }

        var failed = Done(activation) with { EtagIsCurrent = false, MustRead = true };
        if (variant.HasFlag(ProtocolVariant.WindowStaysOpenAfterUnknownWrite))
        {
            return failed;
        }

        return failed with
        {
            Record = default,
            WindowEnd = 0,
            Holders = variant.HasFlag(ProtocolVariant.ForgetsLeasesAfterUnknownWrite) ? default : activation.Holders,
        };
    }

    private static Activation Done(in Activation activation) => activation with { Phase = Phase.Idle, Write = default, Landed = false };
}
