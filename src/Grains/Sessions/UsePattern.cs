namespace OrleansSessions.Grains;

/// <summary>How a session is used lately: busy, or by lone visits.</summary>
/// <remarks>
/// A window costs a claim besides the read that a validation outside of it costs anyway. That is worth it for a session
/// that is used more than once within two leases' time, or was when it was used before: pages come with several requests
/// each time. A lone visit costs no claim.
/// </remarks>
/// <param name="leaseDuration">The length of a lease.</param>
/// <param name="time">The monotonic clock.</param>
internal sealed class UsePattern(TimeSpan leaseDuration, TimeProvider time)
{
    private long _lastUse = long.MinValue;
    private int _uses;
    private int _usesBefore;

    /// <summary>Notes the sign-in, which counts as a page: a browser that has signed in loads one next.</summary>
    public void NoteSignIn() => (_uses, _lastUse) = (2, time.GetTimestamp());

    /// <summary>Notes a use of the session.</summary>
    public void NoteUse()
    {
        var now = time.GetTimestamp();
        var goesOn = _lastUse != long.MinValue && time.GetElapsedTime(_lastUse, now) <= 2 * leaseDuration;
        (_usesBefore, _uses) = goesOn ? (_usesBefore, _uses + 1) : (_uses, 1);
        _lastUse = now;
    }

    /// <summary>Whether more uses are likely to follow at once.</summary>
    /// <param name="isShared">Whether several requests wait for the answer at hand.</param>
    public bool IsBusy(bool isShared) => isShared || _uses > 1 || _usesBefore > 1;
}
