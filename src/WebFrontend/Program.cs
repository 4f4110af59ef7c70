using System.Globalization;
using OrleansSessions;
using OrleansSessions.WebFrontend;

// Unicode is that of the system, dates and numbers are nobody's: pages and headers are in English.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

if (CommandLineNames.Check(args).ToList() is { Count: > 0 } unknown)
{
    Console.Error.WriteLine($"The front end cannot start: {string.Join(' ', unknown)}");
    return 1;
}

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
