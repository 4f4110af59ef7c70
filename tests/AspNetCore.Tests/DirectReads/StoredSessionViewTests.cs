using System.Security.Claims;
using System.Text;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>What a front end reads of the records that releases have stored, and what it leaves to the grain.</summary>
public sealed class StoredSessionViewTests
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromHours(1);
    private static readonly DateTimeOffset Now = ReleasedRecord.LastSeenAt + TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(ReleasedRecord.Sealed)]
    [InlineData(ReleasedRecord.SealedUnused)]
    [InlineData(ReleasedRecord.First)]
    public void A_released_record_admits_the_holder_of_its_secret(string file)
    {
        var view = StoredSessionView.TryRead(ReleasedRecord.Read(file))!;

        Assert.True(view.ClearlyAdmits(ReleasedRecord.Token.SecretHash, Now));
        Assert.Equal(file == ReleasedRecord.SealedUnused, view.IsUseDue(Now));
        var session = view.ToInfo(ReleasedRecord.Token.SessionId, Now);
        Assert.Equal(ReleasedRecord.Subject, session.Subject);
        Assert.Equal(ReleasedRecord.ExpiresAt, session.ExpiresAt);
        Assert.Equal(IdleTimeout, session.IdleTimeout);
        Assert.Equal(Now, session.LastSeenAt);
        Assert.Equal(Now - session.AuthenticatedAt, session.AuthenticationAge);
    }

    [Fact]
    public void I8_a_released_ticket_opens_by_its_token_to_the_claims_that_were_sealed()
    {
        var session = StoredSessionView.TryRead(ReleasedRecord.Read(ReleasedRecord.Sealed))!.ToInfo(ReleasedRecord.Token.SessionId, Now);

        var principal = TicketSeal.Open(ReleasedRecord.Token, session.Ticket).Principal;

        Assert.Equal(ReleasedRecord.Subject, principal.FindFirstValue(ClaimTypes.NameIdentifier));
        Assert.Equal("ann", principal.Identity!.Name);
    }

    public static TheoryData<string, string> Unclear { get; } = new()
    {
        { "v", "0" },
        { "v", "2" },
        { "sub", "\"\"" },
        { "sub", "null" },
        { "hash", "null" },
        { "hash", "\"\"" },
        { "hash", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"" },
        { "ticket", "null" },
        { "ended", "1" },
        { "ended", "99" },
        { "outdated", "true" },
        { "expires", "\"0001-01-01T00:00:00+00:00\"" },
        { "seen", "\"0001-01-01T00:00:00+00:00\"" },
        { "idle", "\"00:00:00\"" },
        { "idle", "\"-10675199.02:48:05.4775808\"" },
        { "unused", "\"00:01:00\"" },
    };

    [Theory]
    [MemberData(nameof(Unclear))]
    public void What_is_not_clearly_active_is_left_to_the_grain(string name, string json) =>
        Assert.False(StoredSessionView.TryRead(ReleasedRecord.With(name, json))!.ClearlyAdmits(ReleasedRecord.Token.SecretHash, Now));

    [Fact]
    public void I6_a_replaced_secret_is_left_to_the_grain()
    {
        var successor = ReleasedRecord.Token.Rotate();
        var view = StoredSessionView.TryRead(ReleasedRecord.With("hash", $"\"{successor.SecretHash.ToBase64Url()}\""))!;

        Assert.True(view.ClearlyAdmits(successor.SecretHash, Now));
        Assert.False(view.ClearlyAdmits(ReleasedRecord.Token.SecretHash, Now));
    }

    [Fact]
    public void L1_L2_a_session_that_is_about_to_end_is_left_to_the_grain()
    {
        var hash = ReleasedRecord.Token.SecretHash;
        var view = StoredSessionView.TryRead(ReleasedRecord.Read(ReleasedRecord.Sealed))!;
        var idleEnd = ReleasedRecord.LastSeenAt + IdleTimeout;
        Assert.True(view.ClearlyAdmits(hash, idleEnd - Margin - TimeSpan.FromTicks(1)));
        Assert.False(view.ClearlyAdmits(hash, idleEnd - Margin));

        view = StoredSessionView.TryRead(ReleasedRecord.With("idle", "null"))!;
        Assert.True(view.ClearlyAdmits(hash, ReleasedRecord.ExpiresAt - Margin - TimeSpan.FromTicks(1)));
        Assert.False(view.ClearlyAdmits(hash, ReleasedRecord.ExpiresAt - Margin));
    }

    [Fact]
    public void A_timeout_without_end_is_no_error() => Assert.True(
        StoredSessionView.TryRead(ReleasedRecord.With("idle", "\"10675199.02:48:05.4775807\""))!.ClearlyAdmits(ReleasedRecord.Token.SecretHash, Now));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"v\":\"1\"}")]
    [InlineData("{\"v\":1,\"sub\":[\"x\"]}")]
    [InlineData("{\"v\":1,\"hash\":7}")]
    [InlineData("{\"v\":1,\"hash\":\"short\"}")]
    [InlineData("{\"v\":1,\"ticket\":\"%\"}")]
    [InlineData("{\"v\":1,\"expires\":\"soon\"}")]
    [InlineData("{\"v\":1,\"idle\":\"99999999999.00:00:00\"}")]
    [InlineData("{\"v\":99999999999}")]
    public void A_damaged_record_is_left_to_the_grain(string json)
    {
        var view = StoredSessionView.TryRead(Encoding.UTF8.GetBytes(json));

        Assert.False(view?.ClearlyAdmits(ReleasedRecord.Token.SecretHash, Now) ?? false);
    }

    [Fact]
    public void A_record_cut_short_anywhere_is_left_to_the_grain()
    {
        var record = ReleasedRecord.Read(ReleasedRecord.Sealed).AsSpan().TrimEnd("\n"u8).ToArray();
        for (var length = 0; length < record.Length; length++)
        {
            Assert.Null(StoredSessionView.TryRead(record.AsSpan(0, length)));
        }
    }

    [Fact]
    public void What_a_newer_release_stores_besides_changes_nothing() => Assert.True(
        StoredSessionView.TryRead(ReleasedRecord.With("newer", "{\"a\":[1]}"))!.ClearlyAdmits(ReleasedRecord.Token.SecretHash, Now));
}
