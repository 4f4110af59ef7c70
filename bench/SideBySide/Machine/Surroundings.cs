namespace OrleansSessions.SideBySide;

/// <summary>What a server is told of others.</summary>
/// <param name="Redis">Where Redis is, if anywhere.</param>
/// <param name="Postgres">Where PostgreSQL is, if anywhere.</param>
/// <param name="Address">Where others reach it.</param>
/// <param name="Peers">Where it reaches the other servers.</param>
internal sealed record Surroundings(string? Redis, string? Postgres, Uri Address, IEnumerable<Uri> Peers);
