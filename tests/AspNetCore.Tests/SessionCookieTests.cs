using CsCheck;
using Microsoft.Extensions.Primitives;

namespace OrleansSessions.AspNetCore.Tests;

public sealed class SessionCookieTests
{
    private const string Name = SessionDefaults.CookieName;
    private static readonly SessionToken Token = SessionToken.Create();
    private static readonly string Value = Token.ToCookieValue();

    public static TheoryData<string> Malformed => new()
    {
        $"{Name}={Value}; {Name}={Value}",
        $"{Name}={Value}; other=1; {Name}=x",
        $"{Name}=",
        $"{Name}={Value[..63]}",
        $"{Name}={Value}A",
        $"{Name}= {Value}",
        $"{Name}={Value} ",
        $"{Name}=\"{Value}\"",
        $"{Name}={Value[..63]}=",
        $"{Name}={Value[..61]}%41",
        $"{Name}={Value[..63]}\u00e9",
        $"{Name}={Value[..63]}\0",
    };

    public static TheoryData<string> Absent => new()
    {
        "",
        "other=1",
        $"__HoSt-session={Value}",
        $"__host-session={Value}",
        $"%5F%5FHost-session={Value}",
        $"={Name}={Value}",
        $"\t{Name}={Value}",
        $"{Name} ={Value}",
        $"x{Name}={Value}",
        $"{Name}x={Value}",
        $"{Name}",
        $"other={Name}={Value}",
    };

    [Theory]
    [InlineData("{0}={1}")]
    [InlineData("a=b; {0}={1}")]
    [InlineData("{0}={1}; a=b")]
    [InlineData("a=b;{0}={1};c=d")]
    [InlineData("__HoSt-session=evil; {0}={1}")]
    public void C7_the_one_cookie_of_exactly_this_name_is_read(string format)
    {
        var header = string.Format(System.Globalization.CultureInfo.InvariantCulture, format, Name, Value);

        Assert.Equal(SessionCookie.Reading.WellFormed, SessionCookie.Read(header, Name, out var token));
        Assert.Equal(Token.ToCookieValue(), token.ToCookieValue());
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void T12_anything_but_one_well_formed_value_is_malformed(string header) =>
        Assert.Equal(SessionCookie.Reading.Malformed, SessionCookie.Read(header, Name, out _));

    [Theory]
    [MemberData(nameof(Absent))]
    public void C7_a_name_that_is_nearly_ours_is_another(string header) =>
        Assert.Equal(SessionCookie.Reading.Absent, SessionCookie.Read(header, Name, out _));

    [Fact]
    public void T12_cookies_in_two_headers_count_together() =>
        Assert.Equal(SessionCookie.Reading.Malformed, SessionCookie.Read(new StringValues([$"{Name}={Value}", $"{Name}={Value}"]), Name, out _));

    [Fact]
    public void T9_no_header_whatever_makes_the_reader_fail() => Gen.String.Array[0, 4].Sample(headers =>
        Assert.NotEqual(SessionCookie.Reading.WellFormed, SessionCookie.Read(headers, Name, out _)));

    [Fact]
    public void C8_a_planted_cookie_beside_ours_never_wins() => Gen.Select(Gen.Char["AZaz09-_"].Array[64], Gen.Bool).Sample((evil, first) =>
    {
        var planted = $"{Name}={new string(evil)}";
        var header = first ? $"{planted}; {Name}={Value}" : $"{Name}={Value}; {planted}";

        Assert.Equal(SessionCookie.Reading.Malformed, SessionCookie.Read(header, Name, out _));
    });

    [Fact]
    public void C2_a_cookie_name_without_its_prefix_is_refused_with_what_to_change()
    {
        var e = Assert.Throws<InvalidOperationException>(() => new SessionAuthenticationOptions { CookieName = "session" }.Validate());

        Assert.Contains("__Host-", e.Message, StringComparison.Ordinal);
    }
}
