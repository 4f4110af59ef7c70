using OrleansSessions.Silo;

return await SiloHost.RunAsync(args);
