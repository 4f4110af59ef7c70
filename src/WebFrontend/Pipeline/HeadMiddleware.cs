namespace OrleansSessions.WebFrontend;

/// <summary>Answers HEAD as GET, without the body: what links and monitors ask for is what a browser would get.</summary>
internal sealed class HeadMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        context.Features.Set(new HeadRequest());
        context.Request.Method = HttpMethods.Get;
        // The server leaves the body out by itself; other servers, such as those of tests, need not.
        context.Response.Body = Stream.Null;
        await next(context);
        context.Request.Method = HttpMethods.Head;
    }
}

/// <summary>Marks a request whose body nobody reads.</summary>
internal sealed record HeadRequest;
