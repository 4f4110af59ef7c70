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
        // Pinned, so that a change which loses or adds steps is noticed.
        Assert.Equal(437_074, exploration.States);
    }

    [Fact]
    public void The_core_protocol_holds_in_every_state_with_two_front_ends()
    {
        var exploration = Explore(ModelBounds.TwoFrontEnds);

        Assert.True(exploration.Holds, exploration.ToString());
        Assert.Equal(4_577_859, exploration.States);
    }

    [Fact]
    public void The_core_protocol_holds_within_the_widest_bounds()
    {
        var exploration = Explore(ModelBounds.Widest);

        Assert.True(exploration.Holds, exploration.ToString());
    }

    [Fact]
    public void Orderly_deactivation_repeated_revocation_and_stray_claims_keep_the_promise()
    {
        var exploration = Explore(ModelBounds.OneFrontEnd, scope: ProtocolScope.Ends);

        Assert.True(exploration.Holds, exploration.ToString());
    }

    [Fact]
    public void Claims_whose_answers_are_lost_keep_the_promise()
    {
        var exploration = Explore(ModelBounds.OneFrontEnd, scope: ProtocolScope.FailedClaims | ProtocolScope.OrderlyDeactivation);

        Assert.True(exploration.Holds, exploration.ToString());
    }

    [Theory]
    [InlineData(ProtocolVariant.DropCancelsNothing)]
    [InlineData(ProtocolVariant.AnswerServesLatecomers)]
    [InlineData(ProtocolVariant.AnswersFromMemoryOutsideWindow)]
    [InlineData(ProtocolVariant.NoQuarantine)]
    [InlineData(ProtocolVariant.NoLookAtRevocation)]
    [InlineData(ProtocolVariant.ClaimForgetsOthers)]
    [InlineData(ProtocolVariant.NoClaimBeforeGrant)]
    [InlineData(ProtocolVariant.NoReadAfterClaim)]
    [InlineData(ProtocolVariant.LeaseCountedFromReply)]
    [InlineData(ProtocolVariant.RevokeDoesNotWait)]
    public void A_broken_core_protocol_is_caught(ProtocolVariant variant)
    {
        Assert.False(Explore(ModelBounds.OneFrontEnd, variant).Holds);
        Assert.False(Explore(ModelBounds.TwoFrontEnds with { Time = 3 }, variant).Holds);
    }

    [Theory]
    [InlineData(ProtocolVariant.ShortensBelowLastLease)]
    [InlineData(ProtocolVariant.ShortensBelowQuarantine)]
    [InlineData(ProtocolVariant.RepeatedRevokeDoesNotWait)]
    public void A_broken_deactivation_or_repeated_revocation_is_caught(ProtocolVariant variant) =>
        Assert.False(Explore(ModelBounds.OneFrontEnd, variant, ProtocolScope.Ends).Holds);

    [Fact]
    public void An_activation_that_keeps_its_name_after_a_failed_claim_is_caught() =>
        Assert.False(Explore(ModelBounds.OneFrontEnd, ProtocolVariant.KeepsNameAfterFailedClaim, ProtocolScope.FailedClaims).Holds);

    private Exploration Explore(
        ModelBounds bounds, ProtocolVariant variant = ProtocolVariant.Correct, ProtocolScope scope = ProtocolScope.Core)
    {
        var watch = Stopwatch.StartNew();
        var exploration = new Explorer(new(bounds, variant, scope)).Run();
        output.WriteLine($"{variant}, {scope}, {bounds}, {watch.Elapsed.TotalSeconds:F1} s: {exploration}");
        return exploration;
    }
}
