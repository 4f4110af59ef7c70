using System.Globalization;
using ScottPlot;

namespace OrleansSessions.SideBySide;

/// <summary>The memory of a silo over time: a picture, and the numbers.</summary>
internal static class MemoryCurve
{
    public const string File = "lone-visits";
    public const string Title = "Sessions visited once each: the silo's memory over time";

    private const int Width = 820;
    private const int Height = 420;
    private const double Megabyte = 1024 * 1024;

    /// <summary>Writes both, where there is a curve.</summary>
    public static void Write(string directory, Results results)
    {
        if (results.Memory.Count == 0)
        {
            return;
        }

        System.IO.File.WriteAllLines(Path.Combine(directory, $"{File}.csv"),
        [
            "seconds,visits,heap bytes,working set bytes,activations",
            .. results.Memory.Select(sample => string.Create(
                CultureInfo.InvariantCulture, $"{sample.Seconds},{sample.Visits},{sample.HeapBytes},{sample.WorkingSetBytes},{sample.Activations}")),
        ]);
        using var plot = Draw(results.Memory);
        plot.SavePng(Path.Combine(directory, $"{File}.png"), Width, Height);
        plot.SaveSvg(Path.Combine(directory, $"{File}.svg"), Width, Height);
    }

    private static Plot Draw(IReadOnlyList<MemorySample> samples)
    {
        var plot = new Plot();
        double[] seconds = [.. samples.Select(sample => sample.Seconds)];
        Add("working set, MB", sample => sample.WorkingSetBytes / Megabyte);
        Add("managed heap, MB", sample => sample.HeapBytes / Megabyte);
        Add("grains in memory, thousands (right)", sample => sample.Activations / 1000.0).Axes.YAxis = plot.Axes.Right;
        plot.Title(Title);
        plot.Axes.Bottom.Label.Text = "seconds";
        plot.Axes.Left.Label.Text = "MB";
        plot.Axes.Right.Label.Text = "thousands of grains";
        plot.Axes.SetLimitsY(0, samples.Max(sample => sample.WorkingSetBytes) / Megabyte * 1.25);
        plot.Axes.SetLimitsY(0, Math.Max(1, samples.Max(sample => sample.Activations) / 1000.0 * 1.25), plot.Axes.Right);
        plot.ShowLegend(Alignment.UpperLeft);
        return plot;

        ScottPlot.Plottables.Scatter Add(string legend, Func<MemorySample, double> value)
        {
            var line = plot.Add.ScatterLine(seconds, [.. samples.Select(value)]);
            line.LegendText = legend;
            line.LineWidth = 2;
            return line;
        }
    }
}
