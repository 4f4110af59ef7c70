using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Session;
using OrleansSessions.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds session state to the pipeline.</summary>
public static class SessionStateApplicationBuilderExtensions
{
    /// <summary>
    /// Adds the middleware of <c>app.UseSession()</c>, with a cookie for which front ends need not share keys. Call it after
    /// <c>UseAuthentication</c>.
    /// </summary>
    /// <remarks>Cookies of <c>UseSession</c> are not understood, and the other way round: to change over begins with empty state.</remarks>
    public static IApplicationBuilder UseOrleansSessionState(this IApplicationBuilder app) =>
        app.UseMiddleware<SessionMiddleware>((IDataProtectionProvider)new UnprotectedKeys());
}
