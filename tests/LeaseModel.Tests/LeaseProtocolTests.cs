using System.Diagnostics;
using Xunit.Abstractions;

namespace OrleansSessions.LeaseModel.Tests;

public sealed class LeaseProtocolTests(ITestOutputHelper output)
{
    [Fact]
    public void The_core_protocol_holds_in_every_state_with_one_front_end()
    {
        var exploration = Explore(ModelBounds.OneFrontEnd);

        Assert.True(exploration.Holds, exploration.ToString());
        // The figure of an independent model of the same protocol: another one means that steps are lost or added.
        Assert.Equal(874_604, exploration.States);
    }

    [Fact]
    public void The_core_protocol_holds_in_every_state_with_two_front_ends()
    {
        var exploration = Explore(ModelBounds.TwoFrontEnds);

        Assert.True(exploration.Holds, exploration.ToString());
        Assert.Equal(2_213_978, exploration.States);
    }

    [Fact]
    public void The_core_protocol_holds_within_the_widest_bounds()
    {
        var exploration = Explore(ModelBounds.Widest);

        Assert.True(exploration.Holds, exploration.ToString());
    }

    [Fact]
    public void Orderly_deactivation_and_repeated_revocation_keep_the_promise()
    {
        var longer = Explore(ModelBounds.OneFrontEnd, scope: ProtocolScope.Everything);
        var busier = Explore(ModelBounds.ManyWrites, scope: ProtocolScope.Everything);

        Assert.True(longer.Holds, longer.ToString());
        Assert.True(busier.Holds, busier.ToString());
    }

    [Theory]
    [InlineData(ProtocolVariant.DropCancelsNothing)]
    [InlineData(ProtocolVariant.AnswerServesLatecomers)]
    [InlineData(ProtocolVariant.AnswersFromMemoryOutsideWindow)]
    [InlineData(ProtocolVariant.NoQuarantine)]
    [InlineData(ProtocolVariant.NoWriteBeforeGrant)]
    [InlineData(ProtocolVariant.LeaseCountedFromReply)]
    [InlineData(ProtocolVariant.RevokeDoesNotWait)]
    public void A_broken_core_protocol_is_caught(ProtocolVariant variant)
    {
        Assert.False(Explore(ModelBounds.OneFrontEnd, variant).Holds);
        Assert.False(Explore(ModelBounds.TwoFrontEnds with { Time = 3, Writes = 3 }, variant).Holds);
    }

    [Theory]
    [InlineData(ProtocolVariant.ShortensBelowLastLease)]
    [InlineData(ProtocolVariant.ShortensBelowQuarantine)]
    [InlineData(ProtocolVariant.RepeatedRevokeDoesNotWait)]
    public void A_broken_deactivation_or_repeated_revocation_is_caught(ProtocolVariant variant) =>
        Assert.False(Explore(ModelBounds.ManyWrites, variant, ProtocolScope.Everything).Holds);

    private Exploration Explore(
        ModelBounds bounds, ProtocolVariant variant = ProtocolVariant.Correct, ProtocolScope scope = ProtocolScope.Core)
    {
        var watch = Stopwatch.StartNew();
        var exploration = new Explorer(new(bounds, variant, scope)).Run();
        output.WriteLine($"{variant}, {scope}, {bounds}, {watch.Elapsed.TotalSeconds:F1} s: {exploration}");
        return exploration;
    }
}
