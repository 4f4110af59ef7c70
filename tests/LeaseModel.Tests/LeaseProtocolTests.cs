using Xunit.Abstractions;

namespace OrleansSessions.LeaseModel.Tests;

public sealed class LeaseProtocolTests(ITestOutputHelper output) : ModelTests(output)
{
    [Fact]
    public void The_core_protocol_holds_in_every_state_with_one_front_end()
    {
        var exploration = Explore(ModelBounds.OneFrontEnd);

        Assert.True(exploration.Holds, exploration.ToString());
        // Pinned, so that a change which loses or adds steps is noticed.
        Assert.Equal(443_630, exploration.States);
    }

    [Fact]
    public void The_core_protocol_holds_in_every_state_with_two_front_ends()
    {
        var exploration = Explore(ModelBounds.TwoFrontEnds);

        Assert.True(exploration.Holds, exploration.ToString());
        Assert.Equal(4_646_218, exploration.States);
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
    public void Direct_reads_keep_the_promise()
    {
        var exploration = Explore(ModelBounds.OneFrontEnd, scope: ProtocolScope.DirectReads);

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

    [Theory]
    [InlineData(ProtocolVariant.ReplicaAnswersReadAfterClaim)]
    [InlineData(ProtocolVariant.ReplicaAnswersFreshRead)]
    [InlineData(ProtocolVariant.ReplicaAnswersLook)]
    [InlineData(ProtocolVariant.ReplicaAnswersDirectRead)]
    public void F1_F17_A_read_that_a_lagging_replica_answers_is_caught(ProtocolVariant variant) =>
        Assert.False(Explore(ModelBounds.OneFrontEnd, variant, ProtocolScope.DirectReads).Holds);

    [Theory]
    [InlineData(ProtocolVariant.DirectReadServesLatecomers)]
    [InlineData(ProtocolVariant.DirectReadMakesLease)]
    public void A_broken_direct_read_is_caught(ProtocolVariant variant) =>
        Assert.False(Explore(ModelBounds.OneFrontEnd, variant, ProtocolScope.DirectReads).Holds);
}
