using CsCheck;

namespace OrleansSessions.Grains.Tests.Rules;

public sealed class SessionTokenTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    [Fact]
    public void T3_a_token_has_144_bits_of_ID_and_240_of_secret_and_no_two_are_alike()
    {
        var tokens = Enumerable.Range(0, 200_000).Select(_ => SessionToken.Create().ToCookieValue()).ToHashSet();

        Assert.Equal(200_000, tokens.Count);
        Assert.All(tokens.Take(100), token => Assert.Equal(64, token.Length));
        for (var position = 0; position < SessionToken.Length; position++)
        {
            Assert.Equal(64, tokens.Select(token => token[position]).Distinct().Count());
        }
    }

    [Fact]
    public void T12_a_token_is_read_exactly_as_it_was_written() =>
        Gen.Char[Alphabet].Array[64].Sample(chars =>
        {
            var text = new string(chars);
            Assert.True(SessionToken.TryParse(text, out var token));
            Assert.Equal(text, token.ToCookieValue());
            Assert.Equal(text[..24], token.SessionId);
        });

    [Fact]
    public void T9_nothing_else_is_a_token() =>
        Gen.Select(Gen.Char[Alphabet].Array[64], Gen.Int[0, 63], Gen.Char.Where(c => !Alphabet.Contains(c, StringComparison.Ordinal)))
            .Sample((chars, position, wrong) =>
            {
                chars[position] = wrong;
                Assert.False(SessionToken.TryParse(chars, out _));
            });

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData(" AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%41")]
    public void T9_a_text_of_another_length_is_no_token(string text) => Assert.False(SessionToken.TryParse(text, out _));

    [Fact]
    public void T10_the_secret_shows_in_no_text_but_the_cookie()
    {
        var token = SessionToken.Create();
        var secret = token.ToCookieValue()[24..];

        Assert.DoesNotContain(secret, token.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, $"{token.SecretHash}", StringComparison.Ordinal);
        Assert.DoesNotContain(token.SecretHash.ToBase64Url(), $"{token.SecretHash}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_rotated_token_is_of_the_same_session_with_another_secret()
    {
        var token = SessionToken.Create();
        var rotated = token.Rotate();

        Assert.Equal(token.SessionId, rotated.SessionId);
        Assert.False(token.SecretHash.FixedTimeEquals(rotated.SecretHash));
    }

    [Fact]
    public void A_secret_hash_is_read_as_it_was_written()
    {
        var hash = SessionToken.Create().SecretHash;

        Assert.True(SecretHash.FromBase64Url(hash.ToBase64Url()).FixedTimeEquals(hash));
        Assert.Throws<FormatException>(() => SecretHash.FromBase64Url("AAAA"));
    }

    [Fact]
    public void T11_every_bit_of_a_secret_hash_counts() => Gen.Int[0, 255].Sample(bit =>
    {
        var hash = SessionToken.Create().SecretHash;
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(hash.ToBase64Url());
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        Assert.False(SecretHash.FromBase64Url(System.Buffers.Text.Base64Url.EncodeToString(bytes)).FixedTimeEquals(hash));
    });
}
