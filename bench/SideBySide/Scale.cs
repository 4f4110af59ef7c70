namespace OrleansSessions.SideBySide;

/// <summary>The numbers of a run. They stand in the report as its settings.</summary>
internal sealed record Scale
{
    /// <summary>The numbers that results are published with.</summary>
    public static Scale Full { get; } = new();

    /// <summary>Numbers for a look: one round, five minutes.</summary>
    public static Scale Quick { get; } = new()
    {
        TimeLimit = TimeSpan.FromMinutes(4.5),
        IsCompact = true,
        ScenarioLimit = TimeSpan.FromSeconds(90),
        Rounds = 1,
        Tries = 1,
        WarmUpSessions = 600,
        MostWarmUps = 1,
        RestsAfterWarmUp = false,
        LongestWarmUp = TimeSpan.FromSeconds(1),
        WarmUp = TimeSpan.FromSeconds(1),
        Duration = TimeSpan.FromSeconds(1),
        ColdSessions = 4_000,
        SignOuts = 2_000,
        PageLoadDuration = TimeSpan.FromSeconds(2),
        SteadyDuration = TimeSpan.FromSeconds(3),
        ChangeSessions = 500,
        SkewVisits = 5_000,
        MemorySessions = [1_000, 3_000],
        MemoryServers = [3],
        RevocationTrials = 10,
        RevocationWatch = TimeSpan.FromSeconds(1),
        GrowthSessions = [1_000, 10_000],
        SignInRateDuration = TimeSpan.FromSeconds(2),
        FaultTrials = 10,
        FaultPeriods = 1,
        FaultWatch = TimeSpan.FromSeconds(8),
        LoneVisits = 50_000,
        LoneVisitsRest = TimeSpan.FromSeconds(20),
        OperationSessions = [100],
        GrowthSilos = [],
        GrowthFrontEnds = [],
    };

    /// <summary>The main figures in a given time: fewer contenders a scenario, shorter measurements, as many rounds as there is time for.</summary>
    public static Scale Within(TimeSpan budget) => new()
    {
        IsCompact = true,
        TimeLimit = budget,
        Rounds = 9,
        Tries = 1,
        WarmUpSessions = 5_000,
        MostWarmUps = 3,
        LongestWarmUp = TimeSpan.FromSeconds(1),
        WarmUp = TimeSpan.FromSeconds(1),
        Duration = TimeSpan.FromSeconds(4),
        ColdSessions = 30_000,
        PageLoadDuration = TimeSpan.FromSeconds(16),
        ReadingTime = TimeSpan.FromSeconds(8),
        SignInRateDuration = TimeSpan.FromSeconds(8),
        FaultPeriods = 1,
        FaultWatch = TimeSpan.FromSeconds(8),
        RevocationTrials = 100,
        LoneVisits = 50_000,
        LoneVisitsRest = TimeSpan.FromSeconds(65),
        GrowthSilos = [1, 3],
        GrowthFrontEnds = [],
    };

    /// <summary>Whether only what the goals and the project's README show is measured.</summary>
    public bool IsCompact { get; init; }

    /// <summary>When to stop measuring, done or not; what is left out is reported as such.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(180);

    /// <summary>How long one contender may take for one scenario.</summary>
    public TimeSpan ScenarioLimit { get; init; } = TimeSpan.FromMinutes(25);

    /// <summary>How often a measurement is made at the most, where other machines disturb it.</summary>
    public int Tries { get; init; } = 2;

    /// <summary>The share of processor time that they may take before that counts as a disturbance.</summary>
    public double MostStolen { get; init; } = 0.05;

    /// <summary>How often the contenders take turns.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Server processes of each contender, besides its balancer, silos and Redis.</summary>
    public int Servers { get; init; } = 3;

    /// <summary>Connections that wrk keeps busy.</summary>
    public int Connections { get; init; } = 48;

    /// <summary>Sessions that are signed in, visited and signed out after a start, before anything is measured.</summary>
    public int WarmUpSessions { get; init; } = 8_000;

    /// <summary>How often that is done at the most.</summary>
    public int MostWarmUps { get; init; } = 8;

    /// <summary>It is done until the compilers of all processes have worked no longer than this meanwhile.</summary>
    public TimeSpan CompiledEnough { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether to wait each time until the compilers have nothing left to do.</summary>
    public bool RestsAfterWarmUp { get; init; } = true;

    /// <summary>How long each kind of load may take after a start.</summary>
    public TimeSpan LongestWarmUp { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Unmeasured load before each measured one.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long wrk measures.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Sessions used again and again.</summary>
    public int HotSessions { get; init; } = 1_000;

    /// <summary>Sessions used once each.</summary>
    public int ColdSessions { get; init; } = 50_000;

    /// <summary>Sessions signed out.</summary>
    public int SignOuts { get; init; } = 10_000;

    /// <summary>Pages opened per second, by different users.</summary>
    public int PagesPerSecond { get; init; } = 100;

    /// <summary>Parallel requests of a page.</summary>
    public int RequestsPerPage { get; init; } = 8;

    /// <summary>How long a user reads a page.</summary>
    public TimeSpan ReadingTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long pages are opened: long enough for each user to open a second one.</summary>
    public TimeSpan PageLoadDuration { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Requests per second while servers come and go.</summary>
    public int SteadyRate { get; init; } = 300;

    /// <summary>How long that load lasts; the change comes after a third of it.</summary>
    public TimeSpan SteadyDuration { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Session changes whose cost is counted.</summary>
    public int ChangeSessions { get; init; } = 5_000;

    /// <summary>Visits by which the load of servers is compared.</summary>
    public int SkewVisits { get; init; } = 20_000;

    /// <summary>Numbers of sessions at which memory is read.</summary>
    public int[] MemorySessions { get; init; } = [1_000, 10_000, 100_000];

    /// <summary>Numbers of servers at which memory is read.</summary>
    public int[] MemoryServers { get; init; } = [2, 3];

    /// <summary>Sign-outs watched.</summary>
    public int RevocationTrials { get; init; } = 200;

    /// <summary>How long after a sign-out acceptances are looked for.</summary>
    public TimeSpan RevocationWatch { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Numbers of sessions that one silo is filled with.</summary>
    public int[] GrowthSessions { get; init; } = [1_000, 10_000, 100_000, 1_000_000];

    /// <summary>Numbers of silos whose throughput is measured, with one front end.</summary>
    public int[] GrowthSilos { get; init; } = [1, 2, 3];

    /// <summary>Numbers of front ends whose throughput is measured, with one silo.</summary>
    public int[] GrowthFrontEnds { get; init; } = [2, 3, 4];

    /// <summary>Sign-ins per second at the fixed rate.</summary>
    public int SignInRate { get; init; } = 1_000;

    /// <summary>How long that rate lasts.</summary>
    public TimeSpan SignInRateDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Sessions of one user that are listed, and ended together.</summary>
    public int[] OperationSessions { get; init; } = [100, 1_000];

    /// <summary>Sign-outs without a fault, and with a renewal racing half as many.</summary>
    public int FaultTrials { get; init; } = 40;

    /// <summary>Sign-outs that are made at once, within one fault.</summary>
    public int FaultSessions { get; init; } = 5;

    /// <summary>How often each fault is brought about.</summary>
    public int FaultPeriods { get; init; } = 2;

    /// <summary>How long after a sign-out acceptances are looked for, where they do not end.</summary>
    public TimeSpan FaultWatch { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Sessions that are visited once each.</summary>
    public int LoneVisits { get; init; } = 1_000_000;

    /// <summary>Lone visits per second.</summary>
    public int LoneVisitsPerSecond { get; init; } = 2_500;

    /// <summary>How long after the last of them a silo's memory is watched.</summary>
    public TimeSpan LoneVisitsRest { get; init; } = TimeSpan.FromSeconds(75);
}
