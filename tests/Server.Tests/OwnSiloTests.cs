using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace OrleansSessions.Server.Tests;

/// <summary>Sessions in a silo that an application has for grains of its own.</summary>
public sealed class OwnSiloTests
{
    [Fact]
    public async Task Sessions_work_beside_the_applications_own_grain_whose_storage_is_as_it_was()
    {
        await using var app = await CoHostedApplication.StartAsync(static builder => builder.UseOrleans(static silo =>
        {
            silo.AddLoneMembership();
            silo.AddMemoryGrainStorage("sessions");
            silo.AddOrleansSessions();
        }));

        var cookie = await app.SignInAsync("alice");
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/me", cookie));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/health/ready"));
        var cart = app.Services.GetRequiredService<IGrainFactory>().GetGrain<ICartGrain>("alice");
        await cart.AddAsync("book");
        Assert.Equal(["book"], await cart.ListAsync());
        Assert.IsNotType<MemoryStorage>(app.Services.GetRequiredKeyedService<IGrainStorage>("sessions"));
        Assert.NotSame(RecordSerializer.Instance, app.Services.GetRequiredService<IGrainStorageSerializer>());
    }

    [Fact]
    public async Task In_production_the_silo_needs_a_Redis_for_sessions()
    {
        var reason = await CoHostedApplication.ReasonAsync(
            static builder => builder.UseOrleans(static silo => silo.AddLoneMembership().AddOrleansSessions()), "Production");

        Assert.Contains("set OrleansSessions__Redis to HOST:PORT", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Redis_that_is_named_in_code_is_the_one_that_is_looked_for()
    {
        var reason = await CoHostedApplication.ReasonAsync(
            static builder => builder.UseOrleans(static silo =>
                silo.AddLoneMembership().AddOrleansSessions(static store => store.Redis = "127.0.0.1:1")),
            "Development",
            "--OrleansSessions:Silo:StartTimeout=00:00:01");

        Assert.Contains("Redis at 127.0.0.1:1 did not answer", reason, StringComparison.Ordinal);
    }
}
