using System.Diagnostics;
using Xunit.Abstractions;

namespace OrleansSessions.LeaseModel.Tests;

/// <summary>Explores the model, and says how far.</summary>
public abstract class ModelTests(ITestOutputHelper output)
{
    private protected Exploration Explore(
        ModelBounds bounds, ProtocolVariant variant = ProtocolVariant.Correct, ProtocolScope scope = ProtocolScope.Core)
    {
        var watch = Stopwatch.StartNew();
        var exploration = new Explorer(new(bounds, variant, scope), bounds.FrontEnds).Run();
        output.WriteLine($"{variant}, {scope}, {bounds}, {watch.Elapsed.TotalSeconds:F1} s: {exploration}");
        return exploration;
    }
}
