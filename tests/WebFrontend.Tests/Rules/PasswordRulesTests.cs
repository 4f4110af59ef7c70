using OrleansSessions.Accounts;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class PasswordRulesTests
{
    private static readonly PasswordRules Rules = new();

    [Theory]
    [InlineData("otter lamp gravel 17")]
    [InlineData("qmzvtxha")]
    [InlineData("only-lower-case-words")]
    [InlineData("\u6f22\u5b57\u304b\u306a\u4ea4\u3058\u308a\u6587")]
    [InlineData("\U0001F9A6\U0001F9A6\U0001F40C\U0001F335\U0001F30B\U0001F9ED\U0001FA81\U0001F3D4")]
    public void G5_any_kind_of_character_will_do(string password) => Assert.Null(Fault(password));

    [Theory]
    [InlineData("")]
    [InlineData("k7#Vq!z")]
    [InlineData("\U0001F9A6\U0001F40C\U0001F335\U0001F30B")]
    public void G5_fewer_than_eight_code_points_are_too_few(string password) => Assert.Contains("at least 8", Fault(password), StringComparison.Ordinal);

    [Theory]
    [InlineData("password")]
    [InlineData("Password1")]
    [InlineData("P@ssw0rd!")]
    [InlineData("12345678")]
    [InlineData("qwertyuiop")]
    [InlineData("iloveyou1")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcdefgh")]
    public void G5_common_passwords_are_refused(string password) => Assert.Contains("among the first", Fault(password), StringComparison.Ordinal);

    [Theory]
    [InlineData("zebulonq")]
    [InlineData("Zebulonq1")]
    [InlineData("zebulonq2026")]
    public void G5_a_password_that_is_the_user_name_is_refused(string password) =>
        Assert.Contains("among the first", Fault(password, "zebulonq"), StringComparison.Ordinal);

    [Fact]
    public void G5_128_characters_are_accepted_and_129_are_not()
    {
        var longest = string.Concat(Enumerable.Range(0, 128).Select(static i => (char)('a' + (i * 7 % 23))));

        Assert.Null(Fault(longest));
        Assert.Contains("at most 128", Fault(longest + "x"), StringComparison.Ordinal);
    }

    [Fact]
    public void Length_is_counted_in_code_points()
    {
        Assert.False(PasswordRules.IsOverlong(string.Concat(Enumerable.Repeat("\U0001F9A6", 128))));
        Assert.True(PasswordRules.IsOverlong(string.Concat(Enumerable.Repeat("\U0001F9A6", 129))));
    }

    private static string? Fault(string password, string owner = "alice")
    {
        Assert.True(AccountName.TryParse(owner, out var name));
        return Rules.Fault(PasswordText.Of(password), name);
    }
}
