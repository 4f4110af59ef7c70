namespace OrleansSessions.WebFrontend;

/// <summary>An account that was opened.</summary>
internal sealed record AccountBody(string UserName);
