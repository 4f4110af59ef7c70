using System.Globalization;

namespace OrleansSessions.LeaseModel.Tests;

/// <summary>What makes the space of states finite. Times are in ticks of the model's clock.</summary>
/// <param name="Lease">The length of a lease, L.</param>
/// <param name="Window">The length of an ownership window, H.</param>
/// <param name="Time">The last tick.</param>
/// <param name="FrontEnds">One or two.</param>
internal sealed record ModelBounds(int Lease, int Window, int Time, int FrontEnds)
{
    private const string Variable = "LEASE_MODEL_BOUNDS";

    /// <summary>One front end, short enough for every build.</summary>
    public static ModelBounds OneFrontEnd { get; } = new(Lease: 1, Window: 2, Time: 3, FrontEnds: 1);

    /// <summary>Two front ends that hold leases at once, in less time.</summary>
    public static ModelBounds TwoFrontEnds { get; } = new(Lease: 1, Window: 2, Time: 2, FrontEnds: 2);

    /// <summary>One front end, in less time, for what has many states.</summary>
    public static ModelBounds Short { get; } = new(Lease: 1, Window: 2, Time: 2, FrontEnds: 1);

    /// <summary>One front end, in hardly any time.</summary>
    public static ModelBounds Shortest { get; } = new(Lease: 1, Window: 1, Time: 1, FrontEnds: 1);

    /// <summary>For rotations: in hardly any time, or longer where the environment asks for wide bounds.</summary>
    public static ModelBounds ForRotation { get; } = Environment.GetEnvironmentVariable(Variable) is null ? Shortest : Short;

    /// <summary>The bounds that the environment asks for, as four numbers "L H T front-ends".</summary>
    /// <remarks>"2 4 6 1" has 9,819,467 states, and takes most of a minute.</remarks>
    public static ModelBounds Widest { get; } = Parse(Environment.GetEnvironmentVariable(Variable) ?? "1 3 5 1");

    public override string ToString() => $"L={Lease} H={Window} T={Time} front ends={FrontEnds}";

    private static ModelBounds Parse(string text)
    {
        var numbers = text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        var bounds = new ModelBounds(numbers[0], numbers[1], numbers[2], numbers[3]);
        if (bounds is not { Lease: > 0, FrontEnds: 1 or 2 } || bounds.Time + bounds.Window > 14)
        {
            throw new FormatException($"{Variable}: a packed state has room for one or two front ends and T + H of 14.");
        }

        return bounds;
    }
}
