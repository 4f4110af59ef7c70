using OrleansSessions.History;
using Xunit.Abstractions;

namespace OrleansSessions.Protocol.Tests;

/// <summary>Every session may be active twice all the time.</summary>
public sealed class TwoActivationsTests(ITestOutputHelper output) : HistoryTests(output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task I1_to_I6_hold_while_every_session_may_be_active_twice(int seed) => RunAsync(seed, new HistorySettings(), static _ => { });
}
