namespace OrleansSessions.WebFrontend.Tests;

public sealed class FriendlyTimeTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(20, "just now")]
    [InlineData(60, "1 minute ago")]
    [InlineData(7_200, "2 hours ago")]
    [InlineData(86_400, "1 day ago")]
    public void The_past_is_told_in_words(int seconds, string words) => Assert.Equal(words, FriendlyTime.Ago(Now.AddSeconds(-seconds), Now));

    [Theory]
    [InlineData(20, "in less than a minute")]
    [InlineData(600, "in 10 minutes")]
    [InlineData(3_600, "in 1 hour")]
    [InlineData(86_399, "in 24 hours")]
    [InlineData(30 * 86_400, "in 30 days")]
    public void The_future_is_told_in_words(int seconds, string words) => Assert.Equal(words, FriendlyTime.Ahead(Now.AddSeconds(seconds), Now));
}
