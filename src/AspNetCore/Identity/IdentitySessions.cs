using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace OrleansSessions.AspNetCore;

/// <summary>Has a user's sessions follow what becomes of the user.</summary>
/// <remarks>
/// The user has changed already. Where the cluster does not answer, the caller is told so, and the sessions hear of it as soon as it does.
/// </remarks>
internal sealed partial class IdentitySessions(
    ClusterCaller cluster, SessionEnder ender, IHttpContextAccessor http, TimeProvider time, ILogger<IdentitySessions> logger) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _disposal = new();

    /// <summary>Ends the sessions of an earlier stamp. The one in which it was changed has until the end of its request to be refreshed.</summary>
    /// <exception cref="SessionsUnavailableException">Some may still be active.</exception>
    public Task FollowStampAsync(string subject, string stamp)
    {
        var request = new RevokeAllRequest(RevocationReason.PasswordChanged, SpareOwn(subject)?.SessionId, StampHash.Of(subject, stamp));

        // Later, there may be yet another stamp: then each session is compared with the one of that day.
        return TellAsync(() => EndAllAsync(subject, request), () => OutdateClaimsAsync(subject));
    }

    /// <summary>Ends the sessions of an earlier stamp than a sign-in carries.</summary>
    /// <exception cref="SessionsUnavailableException">Some may still be active.</exception>
    public Task AdoptStampAsync(string subject, string stamp) =>
        EndAllAsync(subject, new RevokeAllRequest(RevocationReason.PasswordChanged, SecurityStamp: StampHash.Of(subject, stamp)));

    /// <summary>Ends all sessions of an account that is locked.</summary>
    /// <exception cref="SessionsUnavailableException">Some may still be active.</exception>
    public Task LockAsync(string subject)
    {
        Task<int> EndAsync() => EndAllAsync(subject, new RevokeAllRequest(RevocationReason.RevokedByAdmin) { ReasonText = "The account was locked." });
        return TellAsync(EndAsync, EndAsync);
    }

    /// <summary>Ends all sessions of an account that is gone, and refuses sign-ins under way.</summary>
    /// <exception cref="SessionsUnavailableException">Some may still be active.</exception>
    public Task CloseAsync(string subject)
    {
        var nobodys = StampHash.Of(subject, Convert.ToHexString(RandomNumberGenerator.GetBytes(20)));
        Task<int> EndAsync() => EndAllAsync(
            subject, new RevokeAllRequest(RevocationReason.RevokedByAdmin, SecurityStamp: nobodys) { ReasonText = "The account was deleted." });
        return TellAsync(EndAsync, EndAsync);
    }

    /// <summary>Has the claims in all of the user's sessions made again, with their next requests.</summary>
    /// <exception cref="SessionsUnavailableException">Some sessions may still have the old claims.</exception>
    public Task RefreshClaimsAsync(string subject)
    {
        Task OutdateAsync() => OutdateClaimsAsync(subject);
        return TellAsync(OutdateAsync, OutdateAsync);
    }

    /// <summary>Ends what is still tried: the application has stopped.</summary>
    public void Dispose() => _disposal.Cancel();

    private async Task TellAsync(Func<Task> tell, Func<Task> again)
    {
        try
        {
            await tell();
        }
        catch (SessionsUnavailableException)
        {
            LogToldLater(logger);
            _ = Background.Start(() => KeepTellingAsync(again));
            throw;
        }
    }

    private async Task KeepTellingAsync(Func<Task> tell)
    {
        while (true)
        {
            await Task.Delay(Pause, time, _disposal.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_disposal.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await tell();
                return;
            }
            catch (SessionsUnavailableException)
            {
                // Again, until it is heard.
            }
        }
    }

    private Task OutdateClaimsAsync(string subject) => cluster.OutdateClaimsAsync(subject, CancellationToken.None);

    private Task<int> EndAllAsync(string subject, RevokeAllRequest request) => cluster.EndAllAsync(subject, request, CancellationToken.None);

    private SessionToken? SpareOwn(string subject)
    {
        // Behind a response that has started, such as a circuit's, no sign-in can be refreshed.
        if (http.HttpContext is not { Response.HasStarted: false } context
            || context.SessionFeature(IdentityConstants.ApplicationScheme) is not { Session.Subject: { } own, Token: { } token }
            || own != subject)
        {
            return null;
        }

        SparedSession.Spare(context, token, ender);
        return token;
    }

    [LoggerMessage(EventId = 290, EventName = "UserChangeToldLater", Level = LogLevel.Warning,
        Message = "A user was changed, and the session service cannot be reached: the user's sessions follow as soon as it can.")]
    private static partial void LogToldLater(ILogger logger);
}
