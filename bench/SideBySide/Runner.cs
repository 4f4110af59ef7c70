using System.Diagnostics;
using Spectre.Console;

namespace OrleansSessions.SideBySide;

/// <summary>Has the contenders take turns, so that whatever changes on the machine meanwhile strikes all alike.</summary>
internal sealed class Runner(Run run)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Results _results = new();

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Measures all that was asked for, or as much of it as there is time for until it is stopped.</summary>
    public async Task<Results> MeasureAsync(CancellationToken cancellationToken)
    {
        var plan = new Plan(run);
        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask("measuring", maxValue: plan.Count);
                await using var deployments = new Deployments(run);

                // Rounds take what time a budget leaves. Without one they come first: what the time limit leaves out is then
                // measured of no contender, and not of some.
                if (run.Options.Budget is not null)
                {
                    await TakeAsync(plan.Once, deployments, task, cancellationToken);
                }

                await RoundsAsync(plan, deployments, task, cancellationToken);
                if (run.Options.Budget is null)
                {
                    var once = plan.OnceByKept;
                    await TakeAsync(once[true], deployments, task, cancellationToken);
                    deployments.KeepNone();
                    await TakeAsync(once[false], deployments, task, cancellationToken);
                }
            });
        if (run.Earlier is { } earlier)
        {
            _results.TakeOver(earlier);
        }

        return _results;
    }

    private async Task RoundsAsync(Plan plan, Deployments deployments, ProgressTask task, CancellationToken cancellationToken)
    {
        deployments.Keep(plan.Kept);
        foreach (var (contender, shape) in plan.Kept)
        {
            task.Description = $"warm-up · {contender.Name}";
            if (Elapsed < run.Scale.TimeLimit && !cancellationToken.IsCancellationRequested)
            {
                await PrepareAsync(deployments, contender, shape, cancellationToken);
            }
        }

        var longest = TimeSpan.Zero;
        for (var round = 1; round <= run.Scale.Rounds; round++)
        {
            if (run.Options.Budget is not null && round > 1 && Elapsed + longest > run.Scale.TimeLimit)
            {
                return;
            }

            var began = Elapsed;
            await TakeAsync(plan.Round(round), deployments, task, cancellationToken);
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, (Elapsed - began).Ticks));
        }
    }

    private async Task TakeAsync(IEnumerable<Turn> turns, Deployments deployments, ProgressTask task, CancellationToken cancellationToken)
    {
        foreach (var turn in turns)
        {
            task.Description = turn.Label;
            if (Elapsed > run.Scale.TimeLimit || cancellationToken.IsCancellationRequested)
            {
                _results.LeftOut.Add(turn.Label);
            }
            else
            {
                await MeasureAsync(turn, deployments, cancellationToken);
            }

            task.Increment(1);
        }
    }

    // A failure here is told by the first measurement, which tries again.
    private async Task PrepareAsync(Deployments deployments, Contender contender, Shape shape, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = LimitedBy(cancellationToken);
            await deployments.GetAsync(contender, shape, limit.Token);
        }
        catch (Exception e)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{contender.Name} did not come up: {e.Message}[/]");
        }
    }

    private async Task MeasureAsync(Turn turn, Deployments deployments, CancellationToken cancellationToken)
    {
        var began = _results.Count;
        try
        {
            using var limit = LimitedBy(cancellationToken);
            var deployment = await deployments.GetAsync(turn.Contender, turn.Shape, limit.Token);
            for (var tries = 1; ; tries++)
            {
                var before = ProcessorTime.Read();
                await turn.Scenario.MeasureAsync(deployment, _results, limit.Token);
                var stolen = ProcessorTime.Read().StolenSince(before);
                if (stolen <= run.Scale.MostStolen || !turn.Scenario.IsRepeated || tries >= run.Scale.Tries)
                {
                    _results.Stolen.Add(new StolenShare(turn.Round, turn.Scenario.Name, turn.Contender.Name, Math.Round(stolen, 3)));
                    return;
                }

                _results.ForgetFrom(began);
            }
        }
        catch (Exception e)
        {
            // Half of a measurement is none. Children that the same signal has ended make for all kinds of errors.
            _results.ForgetFrom(began);
            if (cancellationToken.IsCancellationRequested)
            {
                _results.LeftOut.Add(turn.Label);
            }
            else
            {
                AnsiConsole.MarkupLineInterpolated($"[red]{turn.Label}: {e.Message}[/]");
                _results.AddFailure(turn.Scenario.Name, turn.Contender, e);
            }

            await deployments.StopAsync(turn.Contender, turn.Shape);
        }
    }

    private CancellationTokenSource LimitedBy(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(run.Scale.ScenarioLimit);
        return limit;
    }
}
