namespace OrleansSessions.SideBySide;

/// <summary>Whether a session that was signed out is accepted afterwards, also where something goes wrong just then.</summary>
internal sealed class RevocationUnderFault(Scale scale) : IScenario
{
    public const string ScenarioName = "revocation-under-fault";

    /// <summary>The longest of all faults.</summary>
    public static readonly Metric Worst = LastAcceptance("longest of all");

    private const int FrontEnds = 3;
    private const int FirstUser = 4_000_000;

    public string Name => ScenarioName;

    public string Description =>
        $"A session is used at two of {FrontEnds} front ends, signed out at the first, and from the moment of its answer used at all three without pause. Meanwhile the second is paused (3 s), or its " +
        "connections to Redis, PostgreSQL, silos and other servers are closed and refused (4 s), or half-open: bytes vanish and nobody is told (4 s). Or 8 requests and a renewal of the session race " +
        "the sign-out. Or Redis or PostgreSQL is stopped while the sign-out is made (3 s). An acceptance counts if its request was sent after a sign-out that was answered with success. " +
        $"Acceptances are looked for until all front ends refuse and everything has worked for 2.5 s, for {scale.FaultWatch.TotalSeconds:N0} s at most. A sign-out is not durable if the session is accepted more than 2 s after everything works again.";

    public string Price =>
        "OrleansSessions does not answer a sign-out before each front end has dropped the session or its lease has ended; without its store it does not answer with success.";

    public Shape Shape => new(FrontEnds, 1, ScenarioName, IsWarm: false) { HasLinks = true };

    public bool IsRepeated => false;

    public bool Includes(Contender contender) => contender.IsTriedWithFaults;

    /// <summary>How many sign-outs there were.</summary>
    public static Metric Trials(string fault) => new("sign-outs", "trials", Better.Higher, fault);

    /// <summary>After how many of them the session was accepted.</summary>
    public static Metric Broken(string fault) => new("accepted after the sign-out", "trials", Better.Lower, fault);

    /// <summary>How long.</summary>
    public static Metric LastAcceptance(string fault) => new("last acceptance after the sign-out", "ms", Better.Lower, fault);

    /// <summary>How many did not last.</summary>
    public static Metric NotDurable(string fault) => new("sign-outs that were not durable", "trials", Better.Lower, fault);

    /// <summary>How many were answered with an error, which says so.</summary>
    public static Metric Refused(string fault) => new("sign-outs answered with an error", "trials", Better.Lower, fault);

    /// <summary>How long the slowest one took.</summary>
    public static Metric Slowest(string fault) => new("longest sign-out", "ms", Better.Lower, fault);

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        var user = FirstUser;

        // Not measured: whatever is done for the first time takes its time.
        await new FaultPeriod(scale, deployment, Fault.None).RunAsync(user, cancellationToken);
        var all = new List<Trial>();
        foreach (var fault in Fault.All.Where(fault => !fault.IsOfStore || deployment.Store is not null))
        {
            var trials = new List<Trial>();
            for (var i = 0; i < PeriodsOf(fault) && (fault.IsSlow || !trials.Exists(trial => trial.IsOpen)); i++)
            {
                await Task.WhenAll(deployment.Servers.Select(server => server.WaitUntilReadyAsync(cancellationToken)));
                trials.AddRange(await new FaultPeriod(scale, deployment, fault).RunAsync(user += scale.FaultSessions, cancellationToken));
            }

            Report(deployment, results, fault, trials);
            all.AddRange(trials);
        }

        results.Add(this, Worst, deployment.Contender, all.Max(trial => trial.Last), Remark(all));
    }

    private int PeriodsOf(Fault fault) =>
        fault.IsSlow ? scale.FaultPeriods : scale.FaultTrials / scale.FaultSessions / (fault.HasRace ? 2 : 1);

    private void Report(Deployment deployment, Results results, Fault fault, List<Trial> trials)
    {
        var remark = Remark(trials);
        void Add(Metric metric, double value, string? what = null) => results.Add(this, metric, deployment.Contender, value, what);
        Add(Trials(fault.Name), trials.Count);
        Add(Broken(fault.Name), trials.Count(trial => trial.IsBroken));
        Add(LastAcceptance(fault.Name), trials.Max(trial => trial.Last), remark);
        Add(NotDurable(fault.Name), trials.Count(trial => trial.IsNotDurable));
        Add(Slowest(fault.Name), trials.Max(trial => trial.Took));
        Add(Refused(fault.Name), trials.Count(trial => !trial.Confirmed));
    }

    private string? Remark(List<Trial> trials) => trials.Exists(trial => trial.IsOpen)
        ? $"still accepted when the watch ended after {scale.FaultWatch.TotalSeconds:N0} s"
        : null;
}
