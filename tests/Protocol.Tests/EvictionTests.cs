using OrleansSessions.History;
using Xunit.Abstractions;

namespace OrleansSessions.Protocol.Tests;

/// <summary>Users sign in more often than their limit allows.</summary>
public sealed class EvictionTests(ITestOutputHelper output) : HistoryTests(output)
{
    [Theory]
    [InlineData(11)]
    public Task F3_I1_to_I6_hold_while_sign_ins_evict(int seed) =>
        RunAsync(seed, new HistorySettings { SignInsEvict = true }, static _ => { }, ("OrleansSessions:Sessions:MaxPerUser", "2"));
}
