using System.Globalization;

namespace OrleansSessions.SideBySide;

/// <summary>Numbers for readers.</summary>
internal static class Numbers
{
    /// <summary>A number with as many digits as say something.</summary>
    public static string Show(double value) => value switch
    {
        0 => "0",
        _ when Math.Abs(value) >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        _ when Math.Abs(value) >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    /// <summary>A median with its extremes, where there is more than one value.</summary>
    public static string Show(Figure figure) => figure.Values.Length == 1
        ? Show(figure.Median)
        : $"{Show(figure.Median)} ({Show(figure.Min)}–{Show(figure.Max)})";
}
