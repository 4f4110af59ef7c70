namespace OrleansSessions.LeaseModel.Tests;

/// <summary>One thing that happens, and where.</summary>
internal readonly record struct Step(StepName Name, int? Silo = null, int? FrontEnd = null)
{
    public override string ToString() => (Silo, FrontEnd) switch
    {
        ({ } silo, { } frontEnd) => $"{Name} (front end {frontEnd}, silo {silo})",
        ({ } silo, null) => $"{Name} (silo {silo})",
        (null, { } frontEnd) => $"{Name} (front end {frontEnd})",
        _ => $"{Name}",
    };
}

/// <summary>A step and the state that it leads to.</summary>
internal readonly record struct Transition(Step Step, ModelState Next);
