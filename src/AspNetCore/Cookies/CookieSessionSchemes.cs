using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>The schemes of cookie authentication whose sessions this library keeps.</summary>
internal sealed class CookieSessionSchemes(IOptions<AuthenticationOptions> authentication)
{
    private readonly Lazy<string[]> _names = new(() =>
        [.. authentication.Value.Schemes.Where(static scheme => scheme.HandlerType == typeof(CookieSessionHandler)).Select(static scheme => scheme.Name)]);

    public IReadOnlyList<string> Names => _names.Value;

    public bool Contains(string scheme) => _names.Value.Contains(scheme, StringComparer.Ordinal);
}
