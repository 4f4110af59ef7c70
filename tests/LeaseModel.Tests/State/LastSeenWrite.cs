namespace OrleansSessions.LeaseModel.Tests;

/// <summary>How far a write of the latest use has come.</summary>
internal enum LastSeenProgress
{
    None,
    Sent,
    Landed,
}

/// <summary>An activation's write of the latest use, which changes no answer, and which nothing else waits for.</summary>
/// <param name="Progress">How far it has come.</param>
/// <param name="EtagIsCurrent">Whether the etag that it expects, or has made, is the stored one.</param>
/// <param name="IsOvertaken">Whether the activation has read or written the record since it was sent.</param>
internal readonly record struct LastSeenWrite(LastSeenProgress Progress, bool EtagIsCurrent, bool IsOvertaken)
{
    public LastSeenWrite Overtaken => Progress == LastSeenProgress.None ? this : this with { IsOvertaken = true };
}
