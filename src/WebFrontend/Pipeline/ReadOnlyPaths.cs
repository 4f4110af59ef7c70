namespace OrleansSessions.WebFrontend;

internal static class ReadOnlyPaths
{
    /// <summary>Refuses all but GET and HEAD below paths whose middleware would answer any method, or none with the right words.</summary>
    public static void UseReadOnly(this WebApplication app, params PathString[] paths) => app.Use((context, next) =>
    {
        if (HttpMethods.IsGet(context.Request.Method) || !paths.Any(path => context.Request.Path.StartsWithSegments(path)))
        {
            return next(context);
        }

        context.Response.Headers.Allow = "GET, HEAD";
        return context.RefuseAsync(Refusals.WrongMethod);
    });
}
