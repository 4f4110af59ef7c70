using Xunit.Abstractions;

namespace OrleansSessions.LeaseModel.Tests;

/// <summary>Claims, writes and rotations whose outcome nobody learns.</summary>
public sealed class LostAnswersTests(ITestOutputHelper output) : ModelTests(output)
{
    private const ProtocolScope UnknownWrites = ProtocolScope.UnknownWrites | ProtocolScope.RepeatedChanges;

    // Rotations and revocations together have more states than a build has time for.
    private const ProtocolScope Rotation = ProtocolScope.Rotation | ProtocolScope.RepeatedChanges | ProtocolScope.NoRevocation;

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
        var exploration = Explore(ModelBounds.ForRotation, scope: Rotation);

        Assert.True(exploration.Holds, exploration.ToString());
    }

    [Fact]
    public void A_rotation_whose_answer_is_lost_keeps_the_promise()
    {
        var exploration = Explore(ModelBounds.Shortest, scope: Rotation | UnknownWrites);

        Assert.True(exploration.Holds, exploration.ToString());
    }

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
}
