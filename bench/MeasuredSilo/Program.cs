using OrleansSessions.Contenders;
using OrleansSessions.Silo;

// The product's silo, unchanged, which also tells how it is.
var silo = SiloHost.Build(args);
silo.MapGet("/stats", (bool collect = false) => ThisProcess.Measure(requests: 0, collect));
await silo.RunAsync();
