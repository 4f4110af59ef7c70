using System.Text.Json.Serialization;

namespace OrleansSessions.Accounts;

/// <summary>Failed attempts from one kind of place, and when the next is allowed: a pure rule.</summary>
/// <remarks>
/// The first few are free; from then on each doubles the wait, up to a limit. The wait grows and ends by itself instead
/// of locking the account, so that an attacker cannot lock its owner out for good (ASVS 6.3.1).
/// </remarks>
[GenerateSerializer, Immutable, Alias("OrleansSessions.AttemptCounter")]
internal sealed record AttemptCounter(
    [property: Id(0), JsonPropertyName("count")] int Count,
    [property: Id(1), JsonPropertyName("next")] DateTimeOffset NextAllowedAt)
{
    public static AttemptCounter None { get; } = new(0, DateTimeOffset.MinValue);

    /// <summary>The counter where so many attempts, and no others, are yet to turn out right or wrong.</summary>
    public static AttemptCounter OfOpen(int count, DateTimeOffset now, AccountOptions options) =>
        count == 0 ? None : new AttemptCounter(count, now + Wait(count, options));

    public bool IsAllowed(DateTimeOffset now) => now >= NextAllowedAt;

    /// <summary>The counter with one more attempt, which counts as failed until it is known to be right.</summary>
    public AttemptCounter CountOne(DateTimeOffset now, AccountOptions options)
    {
        var count = now - NextAllowedAt > options.ForgetAttemptsAfter ? 1 : Count + 1;
        return new AttemptCounter(count, now + Wait(count, options));
    }

    private static TimeSpan Wait(int count, AccountOptions options)
    {
        if (count < options.FreeAttempts)
        {
            return TimeSpan.Zero;
        }

        var doublings = Math.Min(count - options.FreeAttempts, 30);
        var wait = options.FirstWait * Math.Pow(2, doublings);
        return wait < options.LongestWait ? wait : options.LongestWait;
    }
}
