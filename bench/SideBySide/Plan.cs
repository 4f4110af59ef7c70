namespace OrleansSessions.SideBySide;

/// <summary>Who is measured when.</summary>
internal sealed class Plan
{
    private readonly Scale _scale;
    private readonly IReadOnlyList<string> _only;
    private readonly IScenario[] _scenarios;
    private readonly Contender[] _contenders;

    /// <summary>Makes one for what was asked for.</summary>
    public Plan(Run run)
    {
        var options = run.Options;
        _scale = run.Scale;
        _only = options.Only;
        _scenarios = [.. Scenarios.Of(_scale).Where(scenario =>
            options.Includes(scenario.Name, Scenarios.Names) && run.Earlier?.Scenarios.Contains(scenario.Name) != true)];
        _contenders = [.. Contender.All.Where(contender => options.Includes(contender.Name, Contender.All.Select(other => other.Name)))];
    }

    /// <summary>What is measured once, contender after contender.</summary>
    public IEnumerable<Turn> Once => TurnsOf(0, scenario => !scenario.IsRepeated);

    /// <summary>What of it can be measured with the deployments of the rounds.</summary>
    public ILookup<bool, Turn> OnceByKept => Once.ToLookup(turn => Kept.Contains((turn.Contender, turn.Shape)));

    /// <summary>The deployments that all rounds have in common. They are made before the first round, and stay up until the last one ends.</summary>
    public IEnumerable<(Contender Contender, Shape Shape)> Kept => Round(1).Select(turn => (turn.Contender, turn.Shape)).Distinct();

    /// <summary>One round: within it, all contenders go through one scenario before the next one's turn.</summary>
    public IEnumerable<Turn> Round(int number) => TurnsOf(number, scenario => scenario.IsRepeated);

    /// <summary>How many measurements there are at the most.</summary>
    public int Count => Once.Count() + (_scale.Rounds * Round(1).Count());

    private IEnumerable<Turn> TurnsOf(int round, Func<IScenario, bool> isMeant) =>
        from shape in _scenarios.Where(isMeant).GroupBy(scenario => scenario.Shape)
        from turn in round == 0
            ? from contender in _contenders from scenario in shape select (scenario, contender)
            : from scenario in shape from contender in _contenders select (scenario, contender)
        where turn.scenario.Includes(turn.contender) && HasTimeFor(turn.scenario.Name, turn.contender)
        select new Turn(round, turn.scenario, turn.contender);

    private bool HasTimeFor(string scenario, Contender contender) =>
        !_scale.IsCompact || Compact.Includes(scenario, contender) || (_only.Contains(scenario) && _only.Contains(contender.Name));
}

/// <summary>One contender's measurement in one scenario.</summary>
/// <param name="Round">The round, from 1; 0 for what is measured once.</param>
/// <param name="Scenario">The scenario.</param>
/// <param name="Contender">The contender.</param>
internal sealed record Turn(int Round, IScenario Scenario, Contender Contender)
{
    /// <summary>With how many processes.</summary>
    public Shape Shape => Scenario.Shape;

    /// <summary>For people to read.</summary>
    public string Label => (Round == 0 ? "" : $"round {Round} · ") + $"{Scenario.Name} · {Contender.Name}";
}
