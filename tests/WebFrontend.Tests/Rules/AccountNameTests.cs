using OrleansSessions.Accounts;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class AccountNameTests
{
    [Theory]
    [InlineData("ann", "ann", "ann")]
    [InlineData("Ann.Lee+x@Example.com", "Ann.Lee+x@Example.com", "ann.lee+x@example.com")]
    [InlineData("o'brien@example.com", "o'brien@example.com", "o'brien@example.com")]
    [InlineData("o\u2019brien", "o'brien", "o'brien")]
    [InlineData("Jo\u0308rg", "Jörg", "jörg")]
    [InlineData("JÖRG", "JÖRG", "jörg")]
    [InlineData("ＡＮＮ＠example", "ANN@example", "ann@example")]
    [InlineData("Иван", "Иван", "иван")]
    [InlineData("ΟΔΥΣΣΕΥΣ", "ΟΔΥΣΣΕΥΣ", "οδυσσευσ")]
    [InlineData("οδυσσευς", "οδυσσευς", "οδυσσευσ")]
    [InlineData("田中さん", "田中さん", "田中さん")]
    [InlineData("ﾀﾅｶ", "タナカ", "タナカ")]
    [InlineData("محمد", "محمد", "محمد")]
    [InlineData("राम_1", "राम_1", "राम_1")]
    [InlineData("राम_१", "राम_१", "राम_1")]
    [InlineData("иван@example.com", "иван@example.com", "иван@example.com")]
    public void C34_a_name_has_one_key_for_all_its_spellings(string text, string display, string key)
    {
        Assert.True(AccountName.TryParse(text, out var name));
        Assert.Equal(display, name.Display);
        Assert.Equal(key, name.Key);
    }

    [Theory]
    [InlineData("ann\u200B")]
    [InlineData("\uFEFFann")]
    [InlineData("\u2060ann\u200E ")]
    [InlineData("\u00A0ann\t")]
    public void C34_what_is_invisible_around_a_name_is_left_out(string text)
    {
        Assert.True(AccountName.TryParse(text, out var name));
        Assert.Equal("ann", name.Key);
    }

    [Theory]
    [InlineData("an\u200Bn", "U+200B")]
    [InlineData("an\u00ADn", "U+00AD")]
    [InlineData("an\u202En", "U+202E")]
    [InlineData("аdmin", "mixes")]
    [InlineData("adminα", "mixes")]
    [InlineData("tanaka田中", "mixes")]
    [InlineData("a", "2 to 64")]
    [InlineData("", "2 to 64")]
    [InlineData(null, "2 to 64")]
    [InlineData("with space", "2 to 64")]
    [InlineData("ann\u2603", "2 to 64")]
    [InlineData("<script>", "2 to 64")]
    [InlineData("a/b", "2 to 64")]
    [InlineData("\U0001F600\U0001F600", "2 to 64")]
    [InlineData("an\u0000n", "2 to 64")]
    [InlineData("an\uD800n", "2 to 64")]
    public void C34_what_is_no_name_is_told_by_its_cause(string? text, string cause)
    {
        Assert.False(AccountName.TryParse(text, out _, out var fault));
        Assert.Contains(cause, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("сара", "capa")]
    [InlineData("ορα", "opa")]
    public void C34_a_name_that_looks_Latin_all_through_is_the_account_of_its_twin(string name, string twin)
    {
        Assert.True(AccountName.TryParse(name, out var one));
        Assert.True(AccountName.TryParse(twin, out var other));
        Assert.Equal(other.Key, one.Key);
    }

    [Fact]
    public void C34_names_of_earlier_releases_keep_their_keys()
    {
        const string Allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@+";
        foreach (var c in Allowed)
        {
            Assert.True(AccountName.TryParse($"x{c}", out var name));
            Assert.Equal($"x{c}", name.Display);
            Assert.Equal($"x{char.ToLowerInvariant(c)}", name.Key);
        }
    }
}
