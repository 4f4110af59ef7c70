namespace OrleansSessions.LeaseModel.Tests;

/// <summary>How an activation answers a validation that waits for it.</summary>
internal sealed class ValidationSteps(ModelBounds bounds, ProtocolVariant variant)
{
    public void AddSteps(in ModelState state, int silo, int frontEnd, Successors successors)
    {
        var activation = state.Activations[silo];
        var caller = state.FrontEnds[frontEnd];
        if (!caller.Waiting || caller.Silo != silo || activation.Phase != Phase.Idle)
        {
            return;
        }

        if (activation is { MustRead: false, Record: SessionRecord.Tombstone })
        {
            successors.Add(new(StepName.AnswerRefused, silo, frontEnd), state.With(frontEnd, caller.Answered(Call.AnsweredRefused)));
        }
        else if (activation.WindowEnd > state.Now)
        {
            AddAnswerFromMemory(state, silo, frontEnd, successors);
            AddLease(state, silo, frontEnd, successors);
        }
        else
        {
            AddFreshRead(state, silo, frontEnd, successors);
            AddLease(state, silo, frontEnd, successors);
        }
    }

    /// <summary>Inside the window, for whoever cannot be given a lease.</summary>
    private static void AddAnswerFromMemory(in ModelState state, int silo, int frontEnd, Successors successors)
    {
        var caller = state.FrontEnds[frontEnd];
        var answer = Answer(caller, state.Activations[silo].Record);
        successors.Add(new(StepName.AnswerFromMemory, silo, frontEnd), state.With(frontEnd, answer));
    }

    /// <summary>A lone visit: answered from a read of the record made now, without a lease.</summary>
    private void AddFreshRead(in ModelState state, int silo, int frontEnd, Successors successors)
    {
        var step = new Step(StepName.FreshRead, silo, frontEnd);
        var activation = state.Activations[silo];
        var caller = state.FrontEnds[frontEnd];
        if (variant.HasFlag(ProtocolVariant.AnswersFromMemoryOutsideWindow))
        {
            successors.Add(step, state.With(frontEnd, Answer(caller, activation.Record)));
            return;
        }

        foreach (var record in ReadSteps.Answers(state, variant.HasFlag(ProtocolVariant.ReplicaAnswersFreshRead)))
        {
            successors.Add(step, state.With(silo, activation.WithRead(record, state.Record)).With(frontEnd, Answer(caller, record)));
        }
    }

    /// <summary>A busy session: a lease inside the activation's own window, which is claimed first where it is too short.</summary>
    private void AddLease(in ModelState state, int silo, int frontEnd, Successors successors)
    {
        var activation = state.Activations[silo];
        var caller = state.FrontEnds[frontEnd];
        if (!activation.Record.IsActiveFor(caller.Secret))
        {
            return;
        }

        var leaseEnd = state.Now + bounds.Lease;
        if (activation.WindowEnd < leaseEnd && !variant.HasFlag(ProtocolVariant.NoClaimBeforeGrant))
        {
            var claiming = activation with { Phase = Phase.Claiming, ClaimSentAt = state.Now };
            successors.Add(new(StepName.Claim, silo, frontEnd), state.With(silo, claiming));
            return;
        }

        var holders = activation.Holders.With(frontEnd, activation.Holders[frontEnd].Granted(leaseEnd));
        successors.Add(
            new(StepName.GrantLease, silo, frontEnd),
            state.With(silo, activation with { Holders = holders }).With(frontEnd, caller.Answered(Call.AnsweredWithLease)));
    }

    private static FrontEnd Answer(in FrontEnd caller, SessionRecord record) =>
        caller.Answered(record.IsActiveFor(caller.Secret) ? Call.AnsweredActive : Call.AnsweredRefused);
}
