using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <summary>Asks the session's grain each time.</summary>
internal sealed class GrainSessionValidator(ClusterCaller cluster) : ISessionValidator
{
    public async ValueTask<ValidatedSession> ValidateAsync(SessionToken token, CancellationToken cancellationToken)
    {
        var request = new ValidationRequest { SecretHash = token.SecretHash };
        var result = await cluster.CallAsync(
            (grains, ct) => grains.GetGrain<ISessionGrain>(token.SessionId).ValidateAsync(request, ct).AsTask(),
            cancellationToken);
        return new ValidatedSession(result);
    }
}
