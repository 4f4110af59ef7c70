using CsCheck;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>Whether a session's first request is worth a call to its grain, learned from the sessions before.</summary>
public sealed class VisitForecastTests
{
    private readonly VisitForecast _forecast = new();

    [Fact]
    public void Requests_are_expected_alone_until_something_else_shows()
    {
        Assert.False(_forecast.ExpectsMore);
        Page();
        Assert.False(_forecast.ExpectsMore);
    }

    [Fact]
    public void Pages_are_learned_and_unlearned_within_some_dozens_of_visits()
    {
        Repeat(50, Page);
        Assert.True(_forecast.ExpectsMore);

        Repeat(50, _forecast.NoteVisit);
        Assert.False(_forecast.ExpectsMore);
    }

    [Fact]
    public void What_most_visits_are_decides() =>
        Gen.Int[0, 1_000].List[400, 600].Sample(visits =>
        {
            var (pages, alone) = (new VisitForecast(), new VisitForecast());
            foreach (var visit in visits)
            {
                Visit(pages, isPage: visit < 950);
                Visit(alone, isPage: visit < 50);
            }

            return pages.ExpectsMore && !alone.ExpectsMore;
        });

    private static void Visit(VisitForecast forecast, bool isPage)
    {
        forecast.NoteVisit();
        if (isPage)
        {
            forecast.NoteMore();
        }
    }

    private static void Repeat(int times, Action action)
    {
        for (var i = 0; i < times; i++)
        {
            action();
        }
    }

    private void Page() => Visit(_forecast, isPage: true);
}
