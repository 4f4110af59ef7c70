namespace OrleansSessions.LeaseModel.Tests;

/// <summary>What a front end does: ask, take the answer, and drop its lease when told to.</summary>
internal sealed class FrontEndSteps(ModelBounds bounds, ProtocolVariant variant)
{
    private const string AcceptedTooLate = "a validation that started after the revocation had returned is answered Active";

    public void AddSteps(in ModelState state, int index, Successors successors)
    {
        var frontEnd = state.FrontEnds[index];
        if (frontEnd.Call == Call.None)
        {
            AddValidate(state, index, successors);
        }
        else
        {
            successors.Add(new(StepName.CallLost, null, index), state.With(index, FrontEnd.Idle(frontEnd.LeaseEnd)));
            if (state.Revoked && !frontEnd.ServesLatecomer && variant.HasFlag(ProtocolVariant.AnswerServesLatecomers))
            {
                successors.Add(new(StepName.LatecomerJoins, null, index), state.With(index, frontEnd with { ServesLatecomer = true }));
            }

            AddArrival(state, index, successors);
        }

        AddDrop(state, index, silo: 0, successors);
        AddDrop(state, index, silo: 1, successors);
    }

    // The front end does not know which silo holds the activation: either may.
    private static void AddValidate(in ModelState state, int index, Successors successors)
    {
        for (var silo = 0; silo < 2; silo++)
        {
            var asking = state.FrontEnds[index] with { Call = Call.Sent, SentAt = state.Now, Silo = silo };
            successors.Add(new(StepName.Validate, silo, index), state.With(index, asking));
        }
    }

    private void AddArrival(in ModelState state, int index, Successors successors)
    {
        var frontEnd = state.FrontEnds[index];
        switch (frontEnd.Call)
        {
            case Call.AnsweredRevoked:
                successors.Add(new(StepName.RevokedArrives, null, index), state.With(index, FrontEnd.Idle(leaseEnd: 0)));
                break;
            case Call.AnsweredByFreshRead:
                Accept(state, new(StepName.AnswerArrives, null, index), frontEnd.LeaseEnd, successors);
                break;
            case Call.AnsweredWithLease:
                AddLeaseArrival(state, index, successors);
                break;
        }
    }

    private void AddLeaseArrival(in ModelState state, int index, Successors successors)
    {
        var frontEnd = state.FrontEnds[index];
        var countsFrom = variant.HasFlag(ProtocolVariant.LeaseCountedFromReply) ? state.Now : frontEnd.SentAt;
        var leaseEnd = countsFrom + bounds.Lease;
        if (state.Now >= leaseEnd)
        {
            successors.Add(new(StepName.LateAnswerDiscarded, null, index), state.With(index, FrontEnd.Idle(frontEnd.LeaseEnd)));
            return;
        }

        var keep = !frontEnd.Cancelled || variant.HasFlag(ProtocolVariant.DropCancelsNothing);
        Accept(state, new(StepName.LeaseArrives, null, index), keep ? leaseEnd : frontEnd.LeaseEnd, successors);
    }

    private static void Accept(in ModelState state, Step step, int leaseEnd, Successors successors)
    {
        var index = step.FrontEnd!.Value;
        var frontEnd = state.FrontEnds[index];
        if (frontEnd.ServesLatecomer || (state.Revoked && frontEnd.SentAt > state.RevokedAt))
        {
            successors.Violated(step, $"{AcceptedTooLate} at {state.Now}");
        }

        successors.Add(step, state.With(index, FrontEnd.Idle(leaseEnd)));
    }

    /// <summary>A drop arrives, and is acknowledged. It can overtake the answer that it follows, so it cancels the call too.</summary>
    private void AddDrop(in ModelState state, int index, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        var holder = activation.Holders[index];
        if (holder.Drop != Drop.Sent)
        {
            return;
        }

        var frontEnd = state.FrontEnds[index] with { LeaseEnd = 0 };
        if (frontEnd.Call != Call.None && !variant.HasFlag(ProtocolVariant.DropCancelsNothing))
        {
            frontEnd = frontEnd with { Cancelled = true };
        }

        var holders = activation.Holders.With(index, holder with { Drop = Drop.Acknowledged });
        successors.Add(
            new(StepName.DropLease, silo, index),
            state.With(index, frontEnd).With(silo, activation with { Holders = holders }));
    }
}
