using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansSessions.AspNetCore;
using OrleansSessions.Testing;

namespace OrleansSessions.Protocol.Tests;

/// <summary>A front end without its HTTP: a lease cache, and calls to the grains, of the cluster that it is connected to.</summary>
internal sealed class FrontEnd : IDisposable
{
    private readonly LeaseCache _cache;
    private readonly SessionStarter _starter;

    public FrontEnd(string name, TestSilos silos)
    {
        var options = Options.Create(new SessionClientOptions { RetryBudget = TimeSpan.FromSeconds(2) });
        Name = name;
        Cluster = new ClusterCaller(silos.Cluster.Client, options, TimeProvider.System, NullLogger<ClusterCaller>.Instance, Task.CompletedTask);
        _starter = new SessionStarter(Cluster, NullLogger<SessionStarter>.Instance);
        _cache = new LeaseCache(Cluster, silos.Cluster.Client, new SessionEvents(), options, TimeProvider.System);
    }

    public string Name { get; }

    public ClusterCaller Cluster { get; }

    public ValueTask<ValidationAnswer> ValidateAsync(SessionToken token) =>
        _cache.TryAnswer(token) is { } answer ? new(answer) : new(_cache.AskAsync(token, CancellationToken.None));

    /// <summary>Signs in as the product does: a lost answer is asked for again, and what is given up is taken back.</summary>
    /// <param name="subject">The user.</param>
    /// <param name="presented">The session that the browser holds already; null for none.</param>
    /// <param name="onToken">Is told each token before it is used.</param>
    public Task<(SessionToken Token, SessionSignInResult Result)> SignInAsync(
        string subject, SessionToken? presented, Action<SessionToken> onToken) => _starter.StartAsync(
        token =>
        {
            onToken(token);
            return new SignInRequest
            {
                SecretHash = token.SecretHash,
                Subject = subject,
                Ticket = [],
                Client = new ClientInfo(null, null),
                Replaces = presented is { } old ? new SessionProof(old.SessionId, old.SecretHash) : null,
            };
        },
        CancellationToken.None);

    public Task<RotationResult> RotateAsync(SessionToken token, SessionToken next) => Cluster.CallPatientlyAsync(
        (grains, ct) => grains.GetSession(token.SessionId).RotateAsync(
            new RotationRequest { Ticket = [1, 2, 3], Current = token.SecretHash, Next = next.SecretHash }, ct),
        CancellationToken.None);

    public Task<RevocationResult> RevokeAsync(SessionToken token) => Cluster.CallPatientlyAsync(
        (grains, ct) => grains.GetSession(token.SessionId).RevokeAsync(
            new RevocationRequest { Reason = RevocationReason.RevokedByUser }, ct),
        CancellationToken.None);

    public Task<int> RevokeAllAsync(string subject) => Cluster.CallPatientlyAsync(
        (grains, ct) => grains.GetUserSessions(subject).RevokeAllAsync(new RevokeAllRequest(RevocationReason.RevokedByUser), ct),
        CancellationToken.None);

    public async Task<string[]> ListAsync(string subject) => [.. (await Cluster.CallAsync(
        (grains, ct) => grains.GetUserSessions(subject).ListAsync(ct), CancellationToken.None)).Select(each => each.SessionId)];

    public void Dispose() => _cache.Dispose();
}
