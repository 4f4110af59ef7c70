namespace OrleansSessions.LeaseModel.Tests;

/// <summary>A front end as the activation knows it.</summary>
/// <param name="LeaseEnd">The end of the longest lease granted to it.</param>
/// <param name="AwaitedEnd">The end of the lease that it has been told to drop, until it says that it has.</param>
/// <param name="GrantedSince">Whether it has been granted another one since it was told.</param>
internal readonly record struct Holder(int LeaseEnd, int AwaitedEnd, bool GrantedSince)
{
    public Holder Granted(int leaseEnd) => this with { LeaseEnd = Math.Max(LeaseEnd, leaseEnd), GrantedSince = AwaitedEnd > 0 };

    public Holder Told => this with { AwaitedEnd = LeaseEnd, GrantedSince = false };

    public Holder Acknowledged => GrantedSince ? this with { AwaitedEnd = 0, GrantedSince = false } : default;

    /// <summary>The holder as it is at a time. What it was told of a lease that has ended does not matter any more.</summary>
    public Holder At(int now) => AwaitedEnd > now ? this : new(LeaseEnd.IfAfter(now), AwaitedEnd: 0, GrantedSince: false);
}
