namespace OrleansSessions.LeaseModel.Tests;

/// <summary>How a front end without a lease reads the record itself, for a request that is there when the read is sent.</summary>
/// <remarks>Only the clear positive is an answer: after anything else the silo is asked, as if the read had never been.</remarks>
internal sealed class DirectReadSteps(ProtocolVariant variant)
{
    public void AddSteps(in ModelState state, int index, Successors successors)
    {
        var frontEnd = state.FrontEnds[index];
        if (frontEnd is { Call: Call.None, LeaseEnd: 0 })
        {
            AddRead(state, index, Secret.First, successors);
            if (state.Record == SessionRecord.ActiveWithSecond)
            {
                AddRead(state, index, Secret.Second, successors);
            }
        }
        else if (frontEnd.Call == Call.DirectRead)
        {
            foreach (var record in ReadSteps.Answers(state, variant.HasFlag(ProtocolVariant.ReplicaAnswersDirectRead)))
            {
                var answered = record.IsActiveFor(frontEnd.Secret) ? frontEnd.Answered(Call.DirectReadActive) : frontEnd.Done;
                successors.Add(new(StepName.DirectReadAnswered, null, index), state.With(index, answered));
            }
        }
    }

    private static void AddRead(in ModelState state, int index, Secret secret, Successors successors)
    {
        var reading = state.FrontEnds[index] with
        {
            Call = Call.DirectRead,
            Secret = secret,
            SentAt = state.Now,
            ServesLatecomer = state.MustRefuse(secret),
        };
        successors.Add(new(StepName.ReadDirectly, null, index), state.With(index, reading));
    }
}
