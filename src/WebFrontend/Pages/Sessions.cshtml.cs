using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend.Pages;

[Authorize]
internal sealed class SessionsModel(OwnSessions sessions) : FormPage
{
    public ImmutableArray<SessionDescription> Sessions { get; private set; } = [];

    // Authorization lets nobody through without a session.
    public SessionInfo Current => HttpContext.SessionFeature().Session ?? throw new SessionsUnavailableException();

    public string? Done => HttpContext.Request.Query["ended"].ToString() switch
    {
        "one" => "The session has ended. That browser is signed out.",
        "others" => "All other sessions have ended.",
        _ => null,
    };

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostEndAsync(string? sessionId, CancellationToken cancellationToken)
    {
        var own = sessionId == Current.SessionId;
        // One that has ended already, by a second click for one, is what the user wanted.
        await sessions.EndAsync(HttpContext, Current, sessionId, cancellationToken);
        return LocalRedirect(own ? "/sign-in?signed-out" : "/sessions?ended=one");
    }

    public async Task<IActionResult> OnPostEndOthersAsync(CancellationToken cancellationToken)
    {
        await sessions.EndOthersAsync(Current, cancellationToken);
        return LocalRedirect("/sessions?ended=others");
    }

    protected override Task ShowAgainAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        Sessions = await sessions.ListAsync(Current, cancellationToken);
}
