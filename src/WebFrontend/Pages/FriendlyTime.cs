using System.Globalization;

namespace OrleansSessions.WebFrontend;

/// <summary>Moments in words, which need no time zone.</summary>
internal static class FriendlyTime
{
    public static string Ago(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        var ago when ago < TimeSpan.FromMinutes(1) => "just now",
        var ago when ago < TimeSpan.FromHours(1) => Count((int)ago.TotalMinutes, "minute") + " ago",
        var ago when ago < TimeSpan.FromDays(1) => Count((int)ago.TotalHours, "hour") + " ago",
        var ago => Count((int)ago.TotalDays, "day") + " ago",
    };

    public static string Ahead(DateTimeOffset then, DateTimeOffset now) => (then - now) switch
    {
        var ahead when ahead < TimeSpan.FromMinutes(1) => "in less than a minute",
        var ahead when ahead < TimeSpan.FromHours(1) => "in " + Count((int)Math.Round(ahead.TotalMinutes), "minute"),
        var ahead when ahead < TimeSpan.FromDays(2) => "in " + Count((int)Math.Round(ahead.TotalHours), "hour"),
        var ahead => "in " + Count((int)Math.Round(ahead.TotalDays), "day"),
    };

    public static string Exact(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("d MMMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Machine(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
}
