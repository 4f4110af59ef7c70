// Each test runs a cluster of processes: two at a time would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
