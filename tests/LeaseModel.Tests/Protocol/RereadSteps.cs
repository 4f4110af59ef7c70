namespace OrleansSessions.LeaseModel.Tests;

/// <summary>How an activation reads the record again before it changes it. Where its copy must be what is stored, it would find nothing new.</summary>
internal static class RereadSteps
{
    public static void AddSteps(in ModelState state, int silo, Successors successors)
    {
        var activation = state.Activations[silo];
        if (activation is { Phase: Phase.Idle, EtagIsCurrent: false } && (activation.MustRead || activation.Record.IsActive()))
        {
            successors.Add(new(StepName.Reread, silo), state.With(silo, activation.WithRead(state.Record, state.Record)));
        }
    }
}
