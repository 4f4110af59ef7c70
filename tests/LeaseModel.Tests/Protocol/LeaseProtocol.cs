namespace OrleansSessions.LeaseModel.Tests;

/// <summary>The lease protocol as a relation between states: what can happen next.</summary>
/// <remarks>
/// Messages take any time and overtake one another; an answer or a drop may never come. A paused silo needs no step of
/// its own: it is one that takes none. Every other change to what a validation answers is a rotation in the eyes of who
/// holds the old answer: a durable write, then the leases taken back, while the session goes on.
/// </remarks>
internal sealed class LeaseProtocol(ModelBounds bounds, ProtocolVariant variant, ProtocolScope scope)
{
    private readonly ActivationSteps _activation = new(variant, scope);
    private readonly ClaimSteps _claim = new(bounds, variant, scope);
    private readonly ChangeSteps _change = new(variant, scope);
    private readonly WriteSteps _write = new(variant, scope);
    private readonly TakeBackSteps _takeBack = new(variant);
    private readonly LastSeenSteps _lastSeen = new(variant);
    private readonly ValidationSteps _validation = new(bounds, variant);
    private readonly FrontEndSteps _frontEnd = new(bounds, variant);
    private readonly DirectReadSteps _directRead = new(variant);

    /// <summary>The promise: once a change has returned, nothing that it ended is answered from memory.</summary>
    public static string? Violation(in ModelState state)
    {
        for (var index = 0; index < 2; index++)
        {
            var frontEnd = state.FrontEnds[index];
            if (frontEnd.LeaseEnd > state.Now && state.MustRefuse(frontEnd.LeaseSecret))
            {
                return $"front end {index} answers from memory at {state.Now} for a secret that must be refused";
            }
        }

        return null;
    }

    /// <summary>Adds every step that is possible in a state.</summary>
    public void AddSteps(in ModelState state, Successors successors)
    {
        if (state.Now < bounds.Time)
        {
            successors.Add(new(StepName.Tick), state.Tick());
        }

        _claim.AddStraySteps(state, successors);
        WriteSteps.AddStraySteps(state, successors);
        for (var silo = 0; silo < 2; silo++)
        {
            AddSiloSteps(state, silo, successors);
        }

        for (var frontEnd = 0; frontEnd < bounds.FrontEnds; frontEnd++)
        {
            _frontEnd.AddSteps(state, frontEnd, successors);
            if (scope.HasFlag(ProtocolScope.DirectReads))
            {
                _directRead.AddSteps(state, frontEnd, successors);
            }
        }
    }

    private void AddSiloSteps(in ModelState state, int silo, Successors successors)
    {
        _activation.AddSteps(state, silo, successors);
        _claim.AddSteps(state, silo, successors);
        _change.AddSteps(state, silo, successors);
        _write.AddSteps(state, silo, successors);
        _takeBack.AddSteps(state, silo, successors);
        RereadSteps.AddSteps(state, silo, successors);
        if (scope.HasFlag(ProtocolScope.LastSeenWrites))
        {
            _lastSeen.AddSteps(state, silo, successors);
        }

        for (var frontEnd = 0; frontEnd < bounds.FrontEnds; frontEnd++)
        {
            _validation.AddSteps(state, silo, frontEnd, successors);
        }
    }
}
