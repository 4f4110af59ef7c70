namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>A silo that cannot start as it is configured.</summary>
internal static class FailedStart
{
    /// <summary>Starts a silo, and waits for its end.</summary>
    /// <returns>The one line that it has written.</returns>
    public static async Task<string> OfSiloAsync(string setting, string value, string startTimeout = "00:00:02")
    {
        await using var silo = BuiltProgram.Start("Silo", "silo", [], new Dictionary<string, string>
        {
            ["OrleansSessions__Redis"] = "127.0.0.1:1",
            ["OrleansSessions__Silo__StartTimeout"] = startTimeout,
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Ports.Next()}",
            ["OrleansSessions__Silo__GatewayPort"] = $"{Ports.Next()}",
            ["OrleansSessions__Silo__SiloPort"] = $"{Ports.Next()}",
            [setting] = value,
        });

        Assert.NotEqual(0, await silo.WaitForExitAsync());
        return Assert.Single(silo.Output.Trim().Split('\n'));
    }
}
