using OrleansSessions.Contenders;
using OrleansSessions.Silo;

// The product's silo, unchanged, which also tells how large its heap is.
var silo = SiloHost.Build(args);
silo.MapGet("/stats", (bool collect = false) => new ServerStats { Requests = 0, HeapBytes = Heap.Measure(collect) });
await silo.RunAsync();
