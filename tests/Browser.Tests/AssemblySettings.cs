// One cluster and one browser at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
