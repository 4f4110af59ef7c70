using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using OrleansSessions.WebFrontend;

try
{
    await using var app = WebFrontendHost.Build(args, WebFrontendHost.ReportStartFailuresInOneLine);
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException e)
{
    Console.Error.WriteLine($"The front end cannot start: {string.Join(" ", e.Failures)}");
    return 2;
}
catch (IOException e) when (e.InnerException is AddressInUseException)
{
    Console.Error.WriteLine($"The front end cannot start: {e.Message} Choose another with --urls.");
    return 1;
}
