namespace OrleansSessions.SideBySide;

/// <summary>A contender as the measurement sees it: what it needs around it, and what is to be said of it.</summary>
/// <param name="Name">Its name on the command line and in results.</param>
/// <param name="Title">Its name in tables.</param>
/// <param name="Bargain">What it does without, and what that costs.</param>
internal sealed partial record Contender(string Name, string Title, string Bargain)
{
    /// <summary>The name under which its server starts, where that differs.</summary>
    public string Server { get; init; } = Name;

    /// <summary>Whether it keeps sessions at all.</summary>
    public bool KeepsSessions { get; init; } = true;

    public bool UsesRedis { get; init; }

    /// <summary>Whether it reads accounts from PostgreSQL, where a user must have one before the first sign-in.</summary>
    public bool UsesPostgres { get; init; }

    /// <summary>Whether a sign-out reaches the other servers only as well as the network does: worth trying with faults.</summary>
    public bool IsTriedWithFaults { get; init; }

    /// <summary>Whether each browser must stay with one server.</summary>
    public bool IsSticky { get; init; }

    /// <summary>Whether it runs on Node.</summary>
    public bool RunsOnNode { get; init; }

    /// <summary>Whether it needs silos.</summary>
    public bool UsesSilos { get; init; }

    /// <summary>Whether each of its servers is a silo.</summary>
    public bool IsCoHosted { get; init; }

    /// <summary>Whether it is OrleansSessions in one of its shapes.</summary>
    public bool IsOurs => UsesSilos || IsCoHosted;

    /// <summary>Whether front ends may answer from memory under a lease.</summary>
    public bool UsesLeases { get; init; }

    /// <summary>Whether it is only shown beside another, and left out where it would tell nothing new.</summary>
    public bool IsVariant { get; init; }
}
