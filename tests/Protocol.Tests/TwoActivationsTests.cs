using OrleansSessions.History;
using Xunit.Abstractions;

namespace OrleansSessions.Protocol.Tests;

/// <summary>Every session may be active twice all the time. Each seed has a class of its own, because only classes run at the same time.</summary>
public abstract class TwoActivationsTests(int seed, ITestOutputHelper output) : HistoryTests(output)
{
    [Fact]
    public Task I1_to_I6_hold_while_every_session_may_be_active_twice() => RunAsync(seed, new HistorySettings(), static _ => { });
}

public sealed class TwoActivationsSeed1Tests(ITestOutputHelper output) : TwoActivationsTests(1, output);

public sealed class TwoActivationsSeed2Tests(ITestOutputHelper output) : TwoActivationsTests(2, output);

public sealed class TwoActivationsSeed3Tests(ITestOutputHelper output) : TwoActivationsTests(3, output);
