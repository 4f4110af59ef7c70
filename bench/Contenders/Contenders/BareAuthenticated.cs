using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OrleansSessions.Contenders;

/// <summary>Kestrel with an authentication handler that does nothing: the ceiling of whatever authenticates in ASP.NET Core.</summary>
internal sealed class BareAuthenticated : SessionContender
{
    private const string Scheme = "nothing";

    public override void AddServices(WebApplicationBuilder builder) =>
        builder.Services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, Handler>(Scheme, configureOptions: null);

    protected override ValueTask<string?> ReadUserAsync(HttpContext context) => new(context.User.Identity?.Name);

    protected override Task SignInAsync(HttpContext context, string user) => Task.CompletedTask;

    protected override Task EndSessionAsync(HttpContext context) => Task.CompletedTask;

    private sealed class Handler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        private static readonly ClaimsPrincipal User = Users.Named("user-0000000");

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
            Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(User, Scheme.Name)));
    }
}
