using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OrleansSessions.AspNetCore;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace OrleansSessions.Yarp;

/// <summary>Tells applications who the user is, by the session and by nothing that the browser says.</summary>
internal sealed class SessionTransforms(
    IOptions<SessionProxyOptions> options, IOptions<SessionSchemeNames> schemes, IOptionsMonitor<SessionAuthenticationOptions> authentication) : ITransformProvider
{
    private readonly SessionProxyOptions _options = options.Value;
    private readonly IdentityHeaders _untrusted = new([.. options.Value.Untrusted, .. options.Value.Headers.Keys]);

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        context.AddRequestTransform(SpeakForUser);
        context.AddResponseTransform(EndEventsWithSession);
    }

    private ValueTask SpeakForUser(RequestTransformContext transform)
    {
        var (context, headers) = (transform.HttpContext, transform.ProxyRequest.Headers);
        foreach (var name in headers.NonValidated.Select(static header => header.Key).Where(_untrusted.Contains).ToArray())
        {
            headers.Remove(name);
        }

        if (context.TryGetSession(out _))
        {
            Introduce(context, headers);
            if (IsUpgrade(context))
            {
                context.CutWithSession();
            }
        }

        if (!_options.ForwardSessionCookie)
        {
            RemoveSessionCookies(headers);
        }

        return default;
    }

    private void Introduce(HttpContext context, HttpRequestHeaders headers)
    {
        foreach (var (name, value) in _options.Headers)
        {
            if (value(context) is { } text)
            {
                headers.TryAddWithoutValidation(name, IdentityHeaders.Encode(text));
            }
        }
    }

    private static ValueTask EndEventsWithSession(ResponseTransformContext transform)
    {
        if (transform.ProxyResponse?.Content.Headers.ContentType?.MediaType == "text/event-stream" && transform.HttpContext.TryGetSession(out _))
        {
            transform.HttpContext.CutWithSession();
        }

        return default;
    }

    private static bool IsUpgrade(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private void RemoveSessionCookies(HttpRequestHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues(HeaderNames.Cookie, out var cookies))
        {
            return;
        }

        var names = schemes.Value.Names.ConvertAll(scheme => authentication.Get(scheme).CookieName + "=");
        var rest = string.Join("; ", cookies
            .SelectMany(static header => header.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(pair => !names.Exists(name => pair.StartsWith(name, StringComparison.Ordinal))));
        headers.Remove(HeaderNames.Cookie);
        if (rest.Length > 0)
        {
            headers.TryAddWithoutValidation(HeaderNames.Cookie, rest);
        }
    }
}
