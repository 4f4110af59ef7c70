using OrleansSessions.Server;

return await SiloHost.RunAsync(args, static silo => silo.AddLocalAccounts());
