namespace OrleansSessions.WebFrontend;

/// <summary>Leaves the body of an error to the error page, where a person asked.</summary>
internal sealed class PageProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => !context.HttpContext.Request.IsForApi();

    public ValueTask WriteAsync(ProblemDetailsContext context) => ValueTask.CompletedTask;
}
