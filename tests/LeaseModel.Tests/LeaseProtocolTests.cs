using System.Diagnostics;
using Xunit.Abstractions;

namespace OrleansSessions.LeaseModel.Tests;

public sealed class LeaseProtocolTests(ITestOutputHelper output)
{
    private const ProtocolScope UnknownWrites = ProtocolScope.UnknownWrites | ProtocolScope.RepeatedChanges;

    // Rotations and revocations together have more states than a build has time for.
    private const ProtocolScope Rotation = ProtocolScope.Rotation | ProtocolScope.RepeatedChanges | ProtocolScope.NoRevocation;

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
    public void Claims_whose_answers_are_lost_keep_the_promise()
    {
        var exploration = Explore(ModelBounds.OneFrontEnd, scope: ProtocolScope.FailedClaims | ProtocolScope.OrderlyDeactivation);

        Assert.True(exploration.Holds, exploration.ToString());
    }

    [Fact]
    public void F4_F9_F15_An_activation_that_goes_on_after_a_write_of_unknown_outcome_keeps_the_promise()
    {
        var exploration = Explore(ModelBounds.OneFrontEnd, scope: UnknownWrites | ProtocolScope.OrderlyDeactivation);

        Assert.True(exploration.Holds, exploration.ToString());
    }

    [Fact]
    public void F4_Last_seen_writes_of_any_outcome_keep_the_promise()
    {
        var exploration = Explore(ModelBounds.Shortest, scope: ProtocolScope.LastSeenWrites);

        Assert.True(exploration.Holds, exploration.ToString());
    }

    [Fact]
    public void A_rotation_and_its_repetition_keep_the_promise()
    {
        var exploration = Explore(ModelBounds.Short, scope: Rotation);

        Assert.True(exploration.Holds, exploration.ToString());
    }

    [Fact]
    public void A_rotation_whose_answer_is_lost_keeps_the_promise()
    {
        var exploration = Explore(ModelBounds.Shortest, scope: Rotation | UnknownWrites);

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

    [Fact]
    public void An_activation_that_keeps_its_name_after_a_failed_claim_is_caught() =>
        Assert.False(Explore(ModelBounds.OneFrontEnd, ProtocolVariant.KeepsNameAfterFailedClaim, ProtocolScope.FailedClaims).Holds);

    [Theory]
    [InlineData(ProtocolVariant.WindowStaysOpenAfterUnknownWrite)]
    [InlineData(ProtocolVariant.ForgetsLeasesAfterUnknownWrite)]
    [InlineData(ProtocolVariant.BelievesUnknownWrite)]
    public void F9_F15_A_broken_way_to_go_on_after_a_write_of_unknown_outcome_is_caught(ProtocolVariant variant) =>
        Assert.False(Explore(ModelBounds.OneFrontEnd, variant, UnknownWrites).Holds);

    [Fact]
    public void F4_A_last_seen_write_that_puts_back_an_old_record_is_caught() =>
        Assert.False(Explore(ModelBounds.Shortest, ProtocolVariant.LastSeenRestoresRecord, ProtocolScope.LastSeenWrites).Holds);

    [Theory]
    [InlineData(ProtocolVariant.RepeatedRotationDoesNotWait)]
    [InlineData(ProtocolVariant.LookIgnoresClaimUnderWay)]
    public void A_broken_rotation_is_caught(ProtocolVariant variant) =>
        Assert.False(Explore(ModelBounds.Short, variant, Rotation).Holds);

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

    private Exploration Explore(
        ModelBounds bounds, ProtocolVariant variant = ProtocolVariant.Correct, ProtocolScope scope = ProtocolScope.Core)
    {
        var watch = Stopwatch.StartNew();
        var exploration = new Explorer(new(bounds, variant, scope)).Run();
        output.WriteLine($"{variant}, {scope}, {bounds}, {watch.Elapsed.TotalSeconds:F1} s: {exploration}");
        return exploration;
    }
}
