using Orleans.Concurrency;

namespace OrleansSessions.Grains;

/// <summary>A user's index, as the user's sessions see it.</summary>
[Alias("OrleansSessions.ISessionIndex"), GrainInterfaceType(InternalNames.SessionIndex)]
internal interface ISessionIndex : IGrainWithStringKey
{
    /// <summary>Admits a session, refuses it, or makes room for it, as the limit policy says.</summary>
    [Alias("Register")]
    Task<Admission> RegisterAsync(SessionRegistration registration, CancellationToken cancellationToken = default);

    /// <summary>Takes an ended session off the index. A hint: the index also notices by itself.</summary>
    [Alias("Forget"), OneWay]
    Task ForgetAsync(string sessionId);
}
