namespace OrleansSessions.Contenders;

/// <summary>Has silos forget idle grains, which stands for the time that these take to leave memory.</summary>
internal static class Forgetting
{
    public static void MapForgetting(this WebApplication app) => app.MapPost("/forget", (Delegate)ForgetAsync);

    /// <summary>Returns how many grains are left.</summary>
    private static async Task<int> ForgetAsync(IGrainFactory grains)
    {
        var silos = grains.GetGrain<IManagementGrain>(0);
        try
        {
            await silos.ForceActivationCollection(TimeSpan.Zero);
            return await silos.GetTotalActivationCount();
        }
        catch (TimeoutException)
        {
            // They go on leaving.
            return int.MaxValue;
        }
    }
}
