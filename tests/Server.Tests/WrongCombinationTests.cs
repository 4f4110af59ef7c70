using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace OrleansSessions.Server.Tests;

/// <summary>Each wrong combination of the ways to host sessions is refused, in one line that says what to change.</summary>
public sealed class WrongCombinationTests
{
    [Fact]
    public Task Server_and_client() => IsRefusedAsync("AddOrleansSessionsServer and AddOrleansSessionsClient exclude each other", static builder =>
    {
        builder.AddOrleansSessionsServer();
        builder.AddOrleansSessionsClient();
    });

    [Fact]
    public Task Client_and_server() => IsRefusedAsync("AddOrleansSessionsClient and AddOrleansSessionsServer exclude each other", static builder =>
    {
        builder.AddOrleansSessionsClient();
        builder.AddOrleansSessionsServer();
    });

    [Fact]
    public Task The_server_twice() => IsRefusedAsync("AddOrleansSessionsServer is called twice", static builder =>
    {
        builder.AddOrleansSessionsServer();
        builder.AddOrleansSessionsServer();
    });

    [Fact]
    public Task The_client_twice() => IsRefusedAsync("AddOrleansSessionsClient is called twice", static builder =>
    {
        builder.AddOrleansSessionsClient();
        builder.AddOrleansSessionsClient();
    });

    [Fact]
    public Task A_silo_of_the_application_and_the_server() => IsRefusedAsync("call AddOrleansSessions on its ISiloBuilder in place of AddOrleansSessionsServer", static builder =>
    {
        builder.UseOrleans(static silo => silo.UseLocalhostClustering());
        builder.AddOrleansSessionsServer();
    });

    [Fact]
    public Task The_server_and_a_silo_of_the_application() => IsRefusedAsync("UseOrleans and AddOrleansSessionsServer both set up clustering", static builder =>
    {
        builder.AddOrleansSessionsServer();
        builder.UseOrleans(static silo => silo.UseLocalhostClustering());
    });

    [Fact]
    public Task A_silo_of_the_application_and_the_client() => IsRefusedAsync("call AddOrleansSessions on its ISiloBuilder in place of AddOrleansSessionsClient", static builder =>
    {
        builder.UseOrleans(static silo => silo.UseLocalhostClustering());
        builder.AddOrleansSessionsClient();
    });

    [Fact]
    public Task A_client_of_the_application_and_the_server() => IsRefusedAsync("remove UseOrleansClient", static builder =>
    {
        builder.UseOrleansClient(static client => client.UseLocalhostClustering());
        builder.AddOrleansSessionsServer();
    });

    [Fact]
    public Task Sessions_in_an_own_silo_and_the_server() => IsRefusedAsync("exclude each other", static builder =>
    {
        builder.UseOrleans(static silo => silo.UseLocalhostClustering().AddOrleansSessions());
        builder.AddOrleansSessionsServer();
    });

    [Fact]
    public Task The_server_and_sessions_in_an_own_silo() => IsRefusedAsync("exclude each other", static builder =>
    {
        builder.AddOrleansSessionsServer();
        builder.UseOrleans(static silo => silo.AddOrleansSessions());
    });

    [Fact]
    public Task Authentication_alone() => IsRefusedAsync("call builder.AddOrleansSessionsServer() to host them in this process", static _ => { });

    [Fact]
    public Task Authentication_and_a_silo_without_sessions() => IsRefusedAsync(
        "call AddOrleansSessions on the ISiloBuilder in UseOrleans", static builder => builder.UseOrleans(static silo => silo.UseLocalhostClustering()));

    private static async Task IsRefusedAsync(string expected, Action<WebApplicationBuilder> compose) =>
        Assert.Contains(expected, await CoHostedApplication.ReasonAsync(compose), StringComparison.Ordinal);
}
