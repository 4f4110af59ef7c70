using Microsoft.AspNetCore.Mvc.RazorPages;

namespace OrleansSessions.WebFrontend;

/// <summary>Reads the form of a page before the page runs, so that one which cannot be read is refused as what it is.</summary>
internal sealed class FormMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var isForPage = HttpMethods.IsPost(context.Request.Method)
            && context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null;
        if (isForPage && context.HasBody() && await Fault(context) is { } fault)
        {
            await context.RefuseAsync(fault);
            return;
        }

        await next(context);
    }

    /// <summary>Why the request's form cannot be read; null where it can, and has been.</summary>
    public static async Task<Refusal?> Fault(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Refusals.NotAForm;
        }

        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refusals.TooLarge;
        }
        catch (BadHttpRequestException e)
        {
            return Refusals.BrokenForm with { Status = e.StatusCode };
        }
        catch (Exception e) when (e is InvalidDataException or IOException && !context.RequestAborted.IsCancellationRequested)
        {
            return Refusals.BrokenForm;
        }
    }
}
