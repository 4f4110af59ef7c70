namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>A test that needs programs, and is skipped where they are missing. With CI=true it fails there instead.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresProgramFactAttribute : FactAttribute
{
    public RequiresProgramFactAttribute(params string[] programs) => Skip = Programs.SkipWithout(programs);
}
