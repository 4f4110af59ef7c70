using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>The session in which its user's credentials were changed: it ends with the request, unless that refreshes the sign-in.</summary>
internal sealed class SparedSession
{
    private readonly SessionEnder _ender;
    private SessionToken _token;
    private bool _isSettled;

    private SparedSession(SessionToken token, SessionEnder ender) => (_token, _ender) = (token, ender);

    /// <summary>Spares a session until its response starts, which is when no cookie can be given any more.</summary>
    public static void Spare(HttpContext context, SessionToken token, SessionEnder ender)
    {
        if (context.Features.Get<SparedSession>() is { } earlier)
        {
            (earlier._token, earlier._isSettled) = (token, false);
            return;
        }

        var spared = new SparedSession(token, ender);
        context.Features.Set(spared);
        context.Response.OnStarting(spared.TrySettleAsync);

        // A response may never start; and what failed is tried again.
        context.Response.OnCompleted(spared.SettleAsync);
    }

    /// <summary>Notes that the sign-in was refreshed with the new credentials.</summary>
    public void Keep() => _isSettled = true;

    private async Task TrySettleAsync()
    {
        try
        {
            await SettleAsync();
        }
        catch (SessionsUnavailableException)
        {
            // The response goes out all the same.
        }
    }

    private async Task SettleAsync()
    {
        if (!_isSettled)
        {
            await _ender.EndAsync(_token, RevocationReason.PasswordChanged);
            _isSettled = true;
        }
    }
}
