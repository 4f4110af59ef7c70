namespace OrleansSessions.Grains;

/// <summary>For stores that front ends do not reach: they ask the grain, which sees each use.</summary>
internal sealed class NoUseNotes : IUseNotes
{
    public Task<DateTimeOffset?> ReadAsync(GrainId session) => Task.FromResult<DateTimeOffset?>(null);

    public Task<bool> TryWriteAsync(GrainId session, DateTimeOffset usedAt, TimeSpan lifetime) => Task.FromResult(false);
}
