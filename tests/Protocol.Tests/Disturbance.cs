namespace OrleansSessions.Protocol.Tests;

/// <summary>Delays what crosses the wire, by a seed: requests, answers and drops arrive late, and overtake each other.</summary>
internal sealed class Disturbance(int seed) : IOutgoingGrainCallFilter
{
    private readonly Random _random = new(seed);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        await PauseAsync();
        await context.Invoke();
        await PauseAsync();
    }

    private Task PauseAsync()
    {
        double dice;
        int milliseconds;
        lock (_random)
        {
            (dice, milliseconds) = (_random.NextDouble(), _random.Next(1, 120));
        }

        return dice < 0.25 ? Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System) : Task.CompletedTask;
    }
}
