namespace OrleansSessions.Grains;

/// <summary>The ownership windows of sessions, kept in the store beside their records; docs/protocol.md says what for.</summary>
/// <remarks>
/// A session has one window, and whoever claims it takes it from its owner. So the end that the store keeps is never
/// earlier than the end of any window that was claimed before, whoever has it now. The store's own clock ends it: no two
/// machines compare theirs.
/// </remarks>
public interface IOwnershipWindows
{
    /// <summary>Gives a session's window to an owner, from now on.</summary>
    /// <returns>
    /// For how long the owner that it was taken from may go on; zero where there was none. Null where the store gives no
    /// window.
    /// </returns>
    /// <exception cref="OrleansException">The store did not answer: whether the window was given is not known.</exception>
    Task<TimeSpan?> ClaimAsync(GrainId session, string owner, TimeSpan length);

    /// <summary>For how long others may go on, where the window is not this owner's; zero where it is, or is over.</summary>
    /// <exception cref="OrleansException">The store did not answer.</exception>
    Task<TimeSpan> RestOfOthersAsync(GrainId session, string owner);

    /// <summary>Ends a window sooner, if it is still this owner's. Never fails: a window that is too long does no harm.</summary>
    Task ShortenAsync(GrainId session, string owner, TimeSpan rest);
}

/// <summary>For stores without windows: no lease is ever granted, and each validation is a read.</summary>
internal sealed class NoOwnershipWindows : IOwnershipWindows
{
    public Task<TimeSpan?> ClaimAsync(GrainId session, string owner, TimeSpan length) => Task.FromResult<TimeSpan?>(null);

    public Task<TimeSpan> RestOfOthersAsync(GrainId session, string owner) => Task.FromResult(TimeSpan.Zero);

    public Task ShortenAsync(GrainId session, string owner, TimeSpan rest) => Task.CompletedTask;
}
