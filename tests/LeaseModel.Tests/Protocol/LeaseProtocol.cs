namespace OrleansSessions.LeaseModel.Tests;

/// <summary>The lease protocol as a relation between states: what can happen next.</summary>
/// <remarks>
/// Messages take any time and overtake one another; an answer or a drop may never come. A paused silo needs no step of
/// its own: it is one that takes none. Rotation, and every other change to what a validation answers, is
/// <see cref="StepName.Revoke"/> in the eyes of the old secret's holder: a durable write, then the leases taken back. What
/// the model leaves out there: the session goes on, and may be claimed for while the activation looks for others' windows.
/// </remarks>
internal sealed class LeaseProtocol(ModelBounds bounds, ProtocolVariant variant, ProtocolScope scope)
{
    private readonly ActivationSteps _activation = new(variant, scope);
    private readonly ClaimSteps _claim = new(bounds, variant, scope);
    private readonly RevocationSteps _revocation = new(variant, scope);
    private readonly ValidationSteps _validation = new(bounds, variant);
    private readonly FrontEndSteps _frontEnd = new(bounds, variant);

    /// <summary>The promise: once a revocation has returned, nothing is answered from memory.</summary>
    public static string? Violation(in ModelState state)
    {
        for (var frontEnd = 0; frontEnd < 2; frontEnd++)
        {
            if (state.Revoked && state.FrontEnds[frontEnd].LeaseEnd > state.Now)
            {
                return $"front end {frontEnd} answers from memory at {state.Now}; the revocation returned at {state.RevokedAt}";
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
        for (var silo = 0; silo < 2; silo++)
        {
            _activation.AddSteps(state, silo, successors);
            _claim.AddSteps(state, silo, successors);
            _revocation.AddSteps(state, silo, successors);
            StoreSteps.AddSteps(state, silo, successors);
            for (var frontEnd = 0; frontEnd < bounds.FrontEnds; frontEnd++)
            {
                _validation.AddSteps(state, silo, frontEnd, successors);
            }
        }

        for (var frontEnd = 0; frontEnd < bounds.FrontEnds; frontEnd++)
        {
            _frontEnd.AddSteps(state, frontEnd, successors);
        }
    }
}
