namespace OrleansSessions.LocalCluster.CommandLine;

/// <summary>What to run.</summary>
internal sealed record LocalOptions
{
    /// <summary>The most silos or front ends that make sense in one process.</summary>
    public const int MaxServers = 9;

    /// <summary>A Redis to use in place of the embedded store.</summary>
    public string? Redis { get; init; }

    public int Silos { get; init; } = 1;

    public int FrontEnds { get; init; } = 2;

    /// <summary>Whether each front end hosts the sessions itself, in place of silos.</summary>
    public bool CoHosted { get; init; }

    /// <summary>The first front end's port; the others follow it.</summary>
    public int Port { get; init; } = 5001;

    /// <summary>Where the embedded store keeps its data; null for the user's own folder.</summary>
    public string? Data { get; init; }

    /// <summary>Whether the embedded store forgets everything at the end.</summary>
    public bool Ephemeral { get; init; }
}

/// <summary>What a command line says: options, a wish for help, or nothing that can be understood.</summary>
internal sealed record ParsedCommandLine(LocalOptions? Options, bool Help = false, string? Error = null);
