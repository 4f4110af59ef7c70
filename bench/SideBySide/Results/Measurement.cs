namespace OrleansSessions.SideBySide;

/// <summary>One value of one round.</summary>
internal sealed record Measurement(string Scenario, Metric Metric, string Contender, double Value, string? Remark);

/// <summary>The share of processor time that other machines took during a measurement.</summary>
internal sealed record StolenShare(int Round, string Scenario, string Contender, double Share);

/// <summary>A measurement that failed.</summary>
internal sealed record Failure(string Scenario, string Contender, string Reason);
