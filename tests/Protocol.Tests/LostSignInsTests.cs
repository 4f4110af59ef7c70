using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.History;
using Xunit.Abstractions;

namespace OrleansSessions.Protocol.Tests;

/// <summary>Answers to sign-ins are lost on the way.</summary>
public sealed class LostSignInsTests(ITestOutputHelper output) : HistoryTests(output)
{
    [Theory]
    [InlineData(21)]
    public Task F3_I1_to_I6_hold_while_answers_of_sign_ins_are_lost(int seed) =>
        RunAsync(seed, new HistorySettings(), static services => services.AddSingleton<IOutgoingGrainCallFilter>(new LostSignIns()));
}
