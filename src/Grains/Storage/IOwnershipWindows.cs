namespace OrleansSessions.Grains;

/// <summary>The ownership windows of sessions, kept in the store beside their records; docs/protocol.md says what for.</summary>
/// <remarks>
/// A session has one window, and its next claimant takes it from its owner. A claim never makes it end sooner: the end that
/// the store keeps is that of the longest window claimed before, by any owner. The store's own clock ends it.
/// </remarks>
internal interface IOwnershipWindows
{
    /// <summary>Gives a session's window to an owner, for some time from now on.</summary>
    /// <param name="session">The session.</param>
    /// <param name="owner">The name of one activation, which no other has.</param>
    /// <param name="length">The time.</param>
    /// <param name="isRenewal">Whether the owner has probably the window already; makes no difference but in cost.</param>
    /// <returns>
    /// For how long the owner that it was taken from may go on; zero where there was none. Null where the store gives no
    /// window, which is known.
    /// </returns>
    /// <exception cref="OrleansException">The store did not answer: whether the window was given is not known.</exception>
    Task<TimeSpan?> ClaimAsync(GrainId session, string owner, TimeSpan length, bool isRenewal);

    /// <summary>For how long others may go on, where the window is not this owner's; zero where it is, or is over.</summary>
    /// <param name="session">The session.</param>
    /// <param name="owner">The owner; null for one who has no window.</param>
    /// <exception cref="OrleansException">The store did not answer.</exception>
    Task<TimeSpan> RestOfOthersAsync(GrainId session, string? owner);

    /// <summary>Ends a window sooner, if it is still this owner's. Never fails: a window that is too long does no harm.</summary>
    Task ShortenAsync(GrainId session, string owner, TimeSpan rest);
}
