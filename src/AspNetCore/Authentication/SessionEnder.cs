using Microsoft.Extensions.Logging;

namespace OrleansSessions.AspNetCore;

/// <summary>Ends sessions by the tokens that browsers present.</summary>
internal sealed partial class SessionEnder(ClusterCaller cluster, TimeProvider time, ILogger<SessionEnder> logger)
{
    /// <summary>For how long an answer with a new session waits for the end of the old one.</summary>
    private static readonly TimeSpan SupersedingWait = TimeSpan.FromSeconds(1);

    /// <summary>Ends a session. Once begun it is carried through, also when the browser does not wait for its answer.</summary>
    /// <remarks>The presented secret goes with it: a request can end the session that it holds, and no other (CVE-2025-71402).</remarks>
    /// <exception cref="SessionsUnavailableException">The session may still be active.</exception>
    public Task<RevocationResult> EndAsync(SessionToken token, RevocationReason reason, string? reasonText = null)
    {
        var request = new RevocationRequest { Reason = reason, ProofOfPossession = token.SecretHash, ReasonText = reasonText };
        return cluster.CallPatientlyAsync(
            (grains, ct) => grains.GetSession(token.SessionId).RevokeAsync(request, ct), CancellationToken.None);
    }

    /// <summary>Ends the session that the browser presented; the end goes on in the background if it takes long.</summary>
    /// <remarks>
    /// Mostly the old session is dead everywhere when the answer goes out. It may take half a minute where a server has died:
    /// the user does not wait for that, because the old secret leaves the browser with the answer.
    /// </remarks>
    public async Task SupersedeAsync(SessionToken? presented, CancellationToken aborted)
    {
        if (presented is { } old)
        {
            var end = Background.Start(() => EndSupersededAsync(old));
            await Task.WhenAny(end, Task.Delay(SupersedingWait, time, aborted));
            aborted.ThrowIfCancellationRequested();
        }
    }

    private async Task EndSupersededAsync(SessionToken old)
    {
        try
        {
            await EndAsync(old, RevocationReason.Superseded);
        }
        catch (Exception e)
        {
            LogNotSuperseded(logger, e, old.SessionId);
        }
    }

    [LoggerMessage(EventId = 203, EventName = "NotSuperseded", Level = LogLevel.Warning,
        Message = "Session {SessionId} was superseded by a sign-in, and could not be ended: it may stay active until it times out.")]
    private static partial void LogNotSuperseded(ILogger logger, Exception exception, string sessionId);
}
