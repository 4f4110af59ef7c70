namespace OrleansSessions.AspNetCore;

/// <summary>Marks a request that was refused for want of a recent proof.</summary>
internal sealed class StaleSignIn
{
    public static StaleSignIn Instance { get; } = new();
}
