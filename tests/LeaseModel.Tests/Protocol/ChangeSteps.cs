namespace OrleansSessions.LeaseModel.Tests;

/// <summary>How an activation is asked to revoke or to rotate: it writes, or finds that the change has been made before.</summary>
internal sealed class ChangeSteps(ProtocolVariant variant, ProtocolScope scope)
{
    public void AddSteps(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        if (!activation.CanUseRecord)
        {
            AddAgainBesideOpenWindow(state, silo, successors);
            return;
        }

        if (activation.Record.IsActive() && !scope.HasFlag(ProtocolScope.NoRevocation))
        {
            successors.Add(new(StepName.Revoke, silo), state.With(silo, Writing(activation, Change.Revocation)));
        }
        else if (!activation.Record.IsActive())
        {
            AddAgain(state, silo, Change.Revocation, successors);
        }

        if (scope.HasFlag(ProtocolScope.Rotation))
        {
            AddRotation(state, silo, successors);
        }
    }

    private void AddRotation(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        if (activation.Record == SessionRecord.ActiveWithFirst)
        {
            successors.Add(new(StepName.Rotate, silo), state.With(silo, Writing(activation, Change.Rotation)));
        }
        else if (activation.Record == SessionRecord.ActiveWithSecond)
        {
            AddAgain(state, silo, Change.Rotation, successors);
        }
    }

    /// <summary>The first caller may have seen an error or a time-out, with leases still out: the second one must wait all the same.</summary>
    private void AddAgain(in ModelState state, int silo, Change change, Successors successors)
    {
        if (!scope.HasFlag(ProtocolScope.RepeatedChanges) || state.Activations[silo].IsTakingBack)
        {
            return;
        }

        var returnsAtOnce = change == Change.Rotation ? ProtocolVariant.RepeatedRotationDoesNotWait : ProtocolVariant.RepeatedRevokeDoesNotWait;
        var step = new Step(change == Change.Rotation ? StepName.RotateAgain : StepName.RevokeAgain, silo);
        successors.Add(step, variant.HasFlag(returnsAtOnce)
            ? state.Returned(change)
            : state.With(silo, state.Activations[silo].TakingBackFor(change)));
    }

    private void AddAgainBesideOpenWindow(in ModelState state, int silo, Successors successors)
    {
        if (variant.HasFlag(ProtocolVariant.WindowStaysOpenAfterUnknownWrite)
            && state is { Record: SessionRecord.Tombstone }
            && state.Activations[silo] is { Phase: Phase.Idle, MustRead: true })
        {
            AddAgain(state, silo, Change.Revocation, successors);
        }
    }

    private static Activation Writing(in Activation activation, Change change) => activation with { Phase = Phase.Writing, Write = change };
}
