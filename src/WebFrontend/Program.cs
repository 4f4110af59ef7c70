using OrleansSessions.WebFrontend;

try
{
    await using var app = WebFrontendHost.Build(args, WebFrontendHost.ReportStartFailuresInOneLine);
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (StartFailure.Explain(e) is { } reason)
{
    Console.Error.WriteLine($"The front end cannot start: {reason}");
    return 1;
}
