namespace OrleansSessions.SideBySide;

/// <summary>What a server is told of others.</summary>
/// <param name="Redis">Where Redis is, if anywhere.</param>
/// <param name="Postgres">Where PostgreSQL is, if anywhere.</param>
/// <param name="Address">Where others reach it.</param>
/// <param name="Peers">Where it reaches the other servers.</param>
/// <param name="Silo">Where others reach the silo in it, if it is one.</param>
internal sealed record Surroundings(string? Redis, string? Postgres, Uri Address, IEnumerable<Uri> Peers, SiloPort? Silo = null);

/// <summary>A silo's port.</summary>
/// <param name="Port">At which other silos look for it.</param>
/// <param name="ListensOn">At which it listens for them: another one where there is a link in between.</param>
internal sealed record SiloPort(int Port, int ListensOn);
