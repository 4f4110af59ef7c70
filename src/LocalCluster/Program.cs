using System.Globalization;
using OrleansSessions.LocalCluster;
using OrleansSessions.LocalCluster.CommandLine;

CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
var parsed = LocalOptionsParser.Parse(args);
if (parsed.Error is { } error)
{
    await Console.Error.WriteLineAsync($"LocalCluster: {error} Try --help.");
    return 2;
}

if (parsed.Help)
{
    Console.Write(Texts.Usage);
    return 0;
}

return await LocalClusterRunner.RunAsync(parsed.Options!);
