namespace OrleansSessions.SideBySide;

/// <summary>How many processes a measurement is made with. What has the same shape shares a deployment.</summary>
/// <param name="Servers">Front ends.</param>
/// <param name="Silos">Silos, for the contenders that have some.</param>
/// <param name="Apart">A word that keeps a measurement's deployment apart from others of the same size.</param>
/// <param name="IsWarm">Whether to warm up first: yes, where it is about speed.</param>
internal sealed record Shape(int Servers, int Silos, string Apart = "", bool IsWarm = true)
{
    /// <summary>Whether one of the servers is reached by, and reaches, all others over links that can fail.</summary>
    public bool HasLinks { get; init; }

    /// <summary>How many sessions a user may have, where it is not what the product allows by itself.</summary>
    public int? SessionsPerUser { get; init; }
}
