namespace OrleansSessions.AspNetCore;

/// <summary>What happened to a session.</summary>
/// <param name="EndedBy">Why it ended; none where it goes on, and answers otherwise than before.</param>
/// <param name="ReasonText">Why it ended, in the application's own words; null for none.</param>
internal readonly record struct SessionEvent(RevocationReason EndedBy, string? ReasonText);
