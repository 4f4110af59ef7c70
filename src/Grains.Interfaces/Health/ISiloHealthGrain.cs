namespace OrleansSessions;

/// <summary>Answers for the silo that a front end's call reaches first. Its keys mean nothing.</summary>
[Alias("OrleansSessions.ISiloHealthGrain"), GrainInterfaceType(GrainInterfaceTypes.SiloHealth)]
public interface ISiloHealthGrain : IGrainWithIntegerKey
{
    /// <summary>Says whether the silo's store answers it.</summary>
    [Alias("Check")]
    ValueTask<StoreStatus> CheckAsync(CancellationToken cancellationToken = default);
}
