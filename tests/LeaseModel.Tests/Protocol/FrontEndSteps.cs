namespace OrleansSessions.LeaseModel.Tests;

/// <summary>What a front end does: ask, take the answer, and drop its lease when told to.</summary>
internal sealed class FrontEndSteps(ModelBounds bounds, ProtocolVariant variant)
{
    private const string AcceptedTooLate = "a validation that started after its secret had to be refused is answered Active";

    public void AddSteps(in ModelState state, int index, Successors successors)
    {
        var frontEnd = state.FrontEnds[index];
        if (frontEnd.Call == Call.None)
        {
            AddValidate(state, index, Secret.First, successors);

            // Nobody has the second secret before it may be stored.
            if (state.Record == SessionRecord.ActiveWithSecond)
            {
                AddValidate(state, index, Secret.Second, successors);
            }
        }
        else
        {
            successors.Add(new(StepName.CallLost, null, index), state.With(index, frontEnd.Done));
            if (state.MustRefuse(frontEnd.Secret) && !frontEnd.ServesLatecomer && AdmitsLatecomers(frontEnd.Call))
            {
                successors.Add(new(StepName.LatecomerJoins, null, index), state.With(index, frontEnd with { ServesLatecomer = true }));
            }

            AddArrival(state, index, successors);
        }

        AddDrop(state, index, silo: 0, successors);
        AddDrop(state, index, silo: 1, successors);
    }

    private bool AdmitsLatecomers(Call call) => variant.HasFlag(call is Call.DirectRead or Call.DirectReadActive
        ? ProtocolVariant.DirectReadServesLatecomers
        : ProtocolVariant.AnswerServesLatecomers);

    // The front end does not know which silo holds the activation: either may.
    private static void AddValidate(in ModelState state, int index, Secret secret, Successors successors)
    {
        for (var silo = 0; silo < 2; silo++)
        {
            var asking = state.FrontEnds[index] with
            {
                Call = Call.Sent,
                Secret = secret,
                SentAt = state.Now,
                Silo = silo,
                ServesLatecomer = state.MustRefuse(secret),
            };
            successors.Add(new(StepName.Validate, silo, index), state.With(index, asking));
        }
    }

    private void AddArrival(in ModelState state, int index, Successors successors)
    {
        var frontEnd = state.FrontEnds[index];
        switch (frontEnd.Call)
        {
            case Call.AnsweredRefused:
                var refused = frontEnd.LeaseSecret == frontEnd.Secret ? frontEnd.WithoutLease : frontEnd;
                successors.Add(new(StepName.RefusalArrives, null, index), state.With(index, refused.Done));
                break;
            case Call.DirectReadActive when variant.HasFlag(ProtocolVariant.DirectReadMakesLease):
                AddLeaseArrival(state, index, successors);
                break;
            case Call.AnsweredActive or Call.DirectReadActive:
                Accept(state, new(StepName.AnswerArrives, null, index), frontEnd.Done, successors);
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
            successors.Add(new(StepName.LateAnswerDiscarded, null, index), state.With(index, frontEnd.Done));
            return;
        }

        var keep = !frontEnd.Cancelled || variant.HasFlag(ProtocolVariant.DropCancelsNothing);
        var next = keep ? FrontEnd.WithLease(leaseEnd, frontEnd.Secret) : frontEnd.Done;
        Accept(state, new(StepName.LeaseArrives, null, index), next, successors);
    }

    private static void Accept(in ModelState state, Step step, in FrontEnd next, Successors successors)
    {
        var index = step.FrontEnd!.Value;
        if (state.FrontEnds[index].ServesLatecomer)
        {
            successors.Violated(step, $"{AcceptedTooLate} at {state.Now}");
        }

        successors.Add(step, state.With(index, next));
    }

    /// <summary>A drop arrives, and is acknowledged. It can overtake the answer that it follows, so it cancels the call too.</summary>
    private void AddDrop(in ModelState state, int index, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        var holder = activation.Holders[index];
        if (holder.AwaitedEnd == 0)
        {
            return;
        }

        var frontEnd = state.FrontEnds[index].WithoutLease;
        if (frontEnd.Call != Call.None && !variant.HasFlag(ProtocolVariant.DropCancelsNothing))
        {
            frontEnd = frontEnd with { Cancelled = true };
        }

        successors.Add(
            new(StepName.DropLease, silo, index),
            state.With(index, frontEnd).With(silo, activation with { Holders = activation.Holders.With(index, holder.Acknowledged) }));
    }
}
