namespace OrleansSessions.SideBySide;

/// <summary>What was measured, round by round.</summary>
internal sealed class Results
{
    private readonly List<Measurement> _measurements = [];
    private readonly List<Failure> _failures = [];

    /// <summary>When the run began.</summary>
    public DateTimeOffset StartedAt { get; } = DateTimeOffset.Now;

    /// <summary>What could not be measured, and why.</summary>
    public IReadOnlyList<Failure> Failures => _failures;

    /// <summary>How much other machines disturbed each measurement.</summary>
    public List<StolenShare> Stolen { get; } = [];

    /// <summary>The memory of silos over time.</summary>
    public List<MemorySample> Memory { get; } = [];

    /// <summary>The earlier run of which figures were taken over, if any.</summary>
    public EarlierRun? Earlier { get; private set; }

    /// <summary>How many values there are.</summary>
    public int Count => _measurements.Count;

    /// <summary>What the time limit, or the one who stopped the run, left out.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>How many rounds there were, of what is measured anew in each.</summary>
    public int Rounds => Figures.Select(figure => figure.Values.Length).DefaultIfEmpty().Max();

    /// <summary>What must be known before any figure is read; empty if nothing must.</summary>
    public string Caveat => Rounds > 1
        ? ""
        : "**Measured in one round only.** On a machine that is shared, a figure measured once can be off by a factor of two and more, " +
          "for any contender: read a smaller difference as none, and measure again before you decide by it.\n\n";

    /// <summary>Medians, with their extremes, in the order in which they were first measured.</summary>
    public IReadOnlyList<Figure> Figures => [.. _measurements
        .GroupBy(m => (m.Scenario, m.Metric, m.Contender))
        .Select(group => Figure.Of(group.Key.Scenario, group.Key.Metric, group.Key.Contender, [.. group]))];

    /// <summary>Notes a value.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="metric">What was measured.</param>
    /// <param name="contender">Of whom.</param>
    /// <param name="value">The value.</param>
    /// <param name="remark">What must be known to read it.</param>
    public void Add(IScenario scenario, Metric metric, Contender contender, double value, string? remark = null) =>
        _measurements.Add(new Measurement(scenario.Name, metric, contender.Name, value, remark));

    /// <summary>Forgets the values that came after the first so many.</summary>
    public void ForgetFrom(int count) => _measurements.RemoveRange(count, _measurements.Count - count);

    /// <summary>Takes over what an earlier run has measured.</summary>
    public void TakeOver(EarlierRun earlier)
    {
        Earlier = earlier;
        Memory.AddRange(earlier.Memory);
        _measurements.AddRange(
            from figure in earlier.Figures
            from value in figure.Values
            select new Measurement(figure.Scenario, figure.Metric, figure.Contender, value, figure.Remark));
    }

    /// <summary>What was done in a scenario, at the scale at which it was measured.</summary>
    public string DescriptionOf(IScenario scenario) => Earlier?.Descriptions.GetValueOrDefault(scenario.Name) ?? scenario.Description;

    /// <summary>Notes that there is no value.</summary>
    public void AddFailure(string scenario, Contender contender, Exception why) =>
        _failures.Add(new Failure(scenario, contender.Name, why.Message));

    /// <summary>Finds a figure.</summary>
    public Figure? Find(string scenario, Metric metric, Contender contender) =>
        Figures.FirstOrDefault(f => f.Scenario == scenario && f.Metric == metric && f.Contender == contender.Name);
}
