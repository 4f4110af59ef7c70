namespace OrleansSessions.LeaseModel.Tests;

internal static class Times
{
    /// <summary>The time at which something ends, or zero where it has ended.</summary>
    public static int IfAfter(this int end, int now) => end > now ? end : 0;
}
