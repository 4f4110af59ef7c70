namespace OrleansSessions.Redis;

/// <summary>Why a Redis cannot be used, in the words of a message: <c>Redis at SERVER PREDICATE; ADVICE.</c></summary>
/// <param name="Server">The server; no part of a password.</param>
/// <param name="Predicate">What it does, or does not.</param>
/// <param name="Advice">What to change.</param>
internal sealed record StoreFault(string Server, string Predicate, string Advice)
{
    /// <summary>Whether it is still loading its data: all there is to do is to wait.</summary>
    public bool IsLoading { get; init; }

    public override string ToString() => $"Redis at {Server} {Predicate}; {Advice}.";
}
