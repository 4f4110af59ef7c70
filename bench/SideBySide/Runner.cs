using System.Diagnostics;
using Spectre.Console;

namespace OrleansSessions.SideBySide;

/// <summary>Has the contenders take turns, so that whatever changes on the machine meanwhile strikes all alike.</summary>
internal sealed class Runner(Run run)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Results _results = new();

    private bool IsTimeUp => Stopwatch.GetElapsedTime(_started) > run.Scale.TimeLimit;

    /// <summary>Measures all that was asked for, or as much of it as there is time for until it is stopped.</summary>
    public async Task<Results> MeasureAsync(CancellationToken cancellationToken)
    {
        var turns = Turns().ToArray();
        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask("measuring", maxValue: turns.Sum(turn => turn.Scenarios.Count));
                foreach (var turn in turns)
                {
                    await TakeAsync(turn, task, cancellationToken);
                }
            });
        return _results;
    }

    // A B C A B C …: within a round, all contenders go through the scenarios of one shape before the next shape's turn.
    // What is measured once comes after all rounds, so that the time limit takes from no contender what it leaves another.
    private IEnumerable<Turn> Turns()
    {
        var scenarios = Scenarios.Of(run.Scale).Where(s => run.Options.Includes(s.Name, Scenarios.Names)).ToArray();
        var contenders = Contender.All.Where(c => run.Options.Includes(c.Name, Contender.All.Select(other => other.Name))).ToArray();
        var shapes = scenarios.GroupBy(s => s.Shape).ToLookup(shape => shape.Any(s => s.IsRepeated));
        return Enumerable.Range(1, run.Scale.Rounds).SelectMany(round => TurnsOf(round, shapes[true])).Concat(TurnsOf(1, shapes[false]));

        IEnumerable<Turn> TurnsOf(int round, IEnumerable<IGrouping<Shape, IScenario>> shapes) =>
            from shape in shapes
            from contender in contenders
            let included = shape.Where(s => s.Includes(contender) && (round == 1 || s.IsRepeated)).ToArray()
            where included.Length > 0
            select new Turn(round, contender, shape.Key, included);
    }

    private async Task TakeAsync(Turn turn, ProgressTask progress, CancellationToken cancellationToken)
    {
        Deployment? deployment = null;
        try
        {
            foreach (var scenario in turn.Scenarios)
            {
                var label = turn.Label(scenario);
                progress.Description = label;
                if (IsTimeUp || cancellationToken.IsCancellationRequested)
                {
                    _results.LeftOut.Add(label);
                }
                else
                {
                    deployment = await MeasureAsync(scenario, turn, deployment, cancellationToken);
                }

                progress.Increment(1);
            }
        }
        finally
        {
            await StopAsync(deployment);
        }
    }

    // Returns the deployment for the next scenario. After a failure that is none: the next one starts afresh.
    private async Task<Deployment?> MeasureAsync(
        IScenario scenario, Turn turn, Deployment? deployment, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(run.Scale.ScenarioLimit);
            deployment ??= await Deployment.StartAsync(run, turn.Contender, turn.Shape, limit.Token);
            for (var tries = 1; ; tries++)
            {
                var (began, before) = (_results.Count, ProcessorTime.Read());
                await scenario.MeasureAsync(deployment, _results, limit.Token);
                var stolen = ProcessorTime.Read().StolenSince(before);
                if (stolen <= run.Scale.MostStolen || !scenario.IsRepeated || tries >= run.Scale.Tries)
                {
                    _results.Stolen.Add(new StolenShare(turn.Round, scenario.Name, turn.Contender.Name, Math.Round(stolen, 3)));
                    return deployment;
                }

                _results.ForgetFrom(began);
            }
        }
        catch (Exception e)
        {
            // Children that the same signal has ended make for all kinds of errors.
            if (cancellationToken.IsCancellationRequested)
            {
                _results.LeftOut.Add(turn.Label(scenario));
            }
            else
            {
                AnsiConsole.MarkupLineInterpolated($"[red]{scenario.Name}, {turn.Contender.Name}: {e.Message}[/]");
                _results.AddFailure(scenario.Name, turn.Contender, e);
            }

            await StopAsync(deployment);
            return null;
        }
    }

    private static ValueTask StopAsync(Deployment? deployment) => deployment?.DisposeAsync() ?? ValueTask.CompletedTask;

    private sealed record Turn(int Round, Contender Contender, Shape Shape, IReadOnlyList<IScenario> Scenarios)
    {
        public string Label(IScenario scenario) => $"round {Round} · {scenario.Name} · {Contender.Name}";
    }
}
