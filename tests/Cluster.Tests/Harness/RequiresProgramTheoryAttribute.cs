namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>A theory that needs programs, and is skipped where they are missing. With CI=true it fails there instead.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresProgramTheoryAttribute : TheoryAttribute
{
    public RequiresProgramTheoryAttribute(params string[] programs) => Skip = Programs.SkipWithout(programs);
}
