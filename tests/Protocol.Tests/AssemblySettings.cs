// A history waits for most of its time, until leases and windows have ended: all of them wait at once.
[assembly: CollectionBehavior(MaxParallelThreads = -1)]
