using System.Globalization;
using Microsoft.Extensions.Hosting;
using OrleansSessions.WebFrontend;

// The product's front end, which hosts its sessions itself.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
await using var app = WebFrontendHost.Build(
    args, addGrains: static builder => builder.AddOrleansSessionsServer(static silo => silo.AddLocalAccounts()));
await app.RunAsync();
