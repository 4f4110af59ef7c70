namespace OrleansSessions.LeaseModel.Tests;

/// <summary>How an activation answers a validation that waits for it.</summary>
internal sealed class ValidationSteps(ModelBounds bounds, ProtocolVariant variant)
{
    public void AddSteps(in ModelState state, int silo, int frontEnd, Successors successors)
    {
        var activation = state.Activations[silo];
        var caller = state.FrontEnds[frontEnd];
        if (!caller.Waiting || caller.Silo != silo)
        {
            return;
        }

        if (activation is { Phase: Phase.Idle or Phase.Looking or Phase.AwaitingDrops, Active: false })
        {
            successors.Add(new(StepName.AnswerRevoked, silo, frontEnd), state.With(frontEnd, caller.Answered(Call.AnsweredRevoked)));
        }
        else if (activation is { Phase: Phase.Idle, Active: true })
        {
            AddFreshRead(state, silo, frontEnd, successors);
            AddLease(state, silo, frontEnd, successors);
        }
    }

    /// <summary>A lone visit: answered from a read of the record made now, without a lease.</summary>
    private void AddFreshRead(in ModelState state, int silo, int frontEnd, Successors successors)
    {
        var active = state.Record.Active || variant.HasFlag(ProtocolVariant.AnswersFromMemoryOutsideWindow);
        var caller = state.FrontEnds[frontEnd];
        successors.Add(new(StepName.FreshRead, silo, frontEnd), state.With(frontEnd, active
            ? caller.Answered(Call.AnsweredByFreshRead)
            : caller.Answered(Call.AnsweredRevoked)));
    }

    /// <summary>A busy session: a lease inside the activation's own window, which is claimed first where it is too short.</summary>
    private void AddLease(in ModelState state, int silo, int frontEnd, Successors successors)
    {
        var activation = state.Activations[silo];
        var leaseEnd = state.Now + bounds.Lease;
        if (activation.WindowEnd < leaseEnd && !variant.HasFlag(ProtocolVariant.NoClaimBeforeGrant))
        {
            var claiming = activation with { Phase = Phase.Claiming, ClaimSentAt = state.Now };
            successors.Add(new(StepName.Claim, silo, frontEnd), state.With(silo, claiming));
            return;
        }

        var holder = activation.Holders[frontEnd];
        var holders = activation.Holders.With(frontEnd, holder with { LeaseEnd = Math.Max(holder.LeaseEnd, leaseEnd) });
        var answered = state.FrontEnds[frontEnd].Answered(Call.AnsweredWithLease);
        successors.Add(
            new(StepName.GrantLease, silo, frontEnd),
            state.With(silo, activation with { Holders = holders }).With(frontEnd, answered));
    }
}
