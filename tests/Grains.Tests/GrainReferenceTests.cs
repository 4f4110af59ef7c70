using OrleansSessions.Accounts;
using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests;

public sealed class GrainReferenceTests : IAsyncLifetime
{
    private TestSilos _silos = null!;

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync();

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public void References_by_name_are_those_that_Orleans_makes_of_the_interface()
    {
        var grains = _silos.Cluster.Client;

        AssertSame(grains.GetGrain<ISessionGrain>("key"), grains.GetSession("key"));
        AssertSame(grains.GetGrain<IUserSessionsGrain>("key"), grains.GetUserSessions("key"));
        AssertSame(grains.GetGrain<IAccountGrain>("key"), grains.GetAccount("key"));
        AssertSame(grains.GetGrain<ISessionDataGrain>("key"), grains.GetSessionData("key"));
    }

    private static void AssertSame(IAddressable expected, IAddressable actual)
    {
        Assert.Equal(expected, actual);
        Assert.Equal(expected.GetType(), actual.GetType());
        Assert.Equal(((GrainReference)expected).InterfaceType, ((GrainReference)actual).InterfaceType);
    }
}
