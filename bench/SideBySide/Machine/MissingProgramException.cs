namespace OrleansSessions.SideBySide;

/// <summary>A program that the measurement needs is not installed.</summary>
internal sealed class MissingProgramException(string program)
    : Exception($"'{program}' is not installed. Needed: redis-server, nginx, wrk, node, npm, PostgreSQL (Debian: apt install redis-server nginx wrk nodejs npm postgresql).");
