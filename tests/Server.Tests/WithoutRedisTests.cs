using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.Infrastructure;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansSessions.Server.Tests;

/// <summary>Sessions in memory: while an application is developed, and in its own tests.</summary>
public sealed class WithoutRedisTests
{
    [Fact]
    public async Task In_development_sessions_work_without_Redis_and_one_line_of_the_log_says_so()
    {
        var log = new LogLines();
        await using var app = await CoHostedApplication.StartAsync(builder =>
        {
            builder.Logging.AddProvider(log);
            builder.AddOrleansSessionsServer();
        });

        var cookie = await app.SignInAsync("alice");
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/me", cookie));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/me", cookie));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/sign-out", cookie));

        Assert.Equal(HttpStatusCode.Unauthorized, await app.StatusAsync("/me", cookie));
        var line = Assert.Single(log.Lines, static line => line.Level >= LogLevel.Warning);
        Assert.Contains("in the memory of this process, and end with it", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_such_applications_in_one_process_know_nothing_of_each_other()
    {
        await using var one = await CoHostedApplication.StartAsync(static builder => builder.AddOrleansSessionsServer());
        await using var two = await CoHostedApplication.StartAsync(static builder => builder.AddOrleansSessionsServer());

        var cookie = await one.SignInAsync("alice");

        Assert.Equal(HttpStatusCode.OK, await one.StatusAsync("/me", cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, await two.StatusAsync("/me", cookie));
    }

    [Fact]
    public async Task Keys_and_the_applications_name_stay_as_the_framework_has_them()
    {
        await using var app = CoHostedApplication.Build(static builder =>
        {
            builder.AddOrleansSessionsServer();
            builder.Services.AddDataProtection().PersistKeysToOrleansSessions();
        });

        Assert.Null(app.Services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlRepository);
        Assert.Equal(
            app.Services.GetRequiredService<IApplicationDiscriminator>().Discriminator,
            app.Services.GetRequiredService<IOptions<DataProtectionOptions>>().Value.ApplicationDiscriminator);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Elsewhere_a_start_without_Redis_is_refused(string environment)
    {
        var reason = await CoHostedApplication.ReasonAsync(static builder => builder.AddOrleansSessionsServer(), environment);

        Assert.Contains("set OrleansSessions__Redis to HOST:PORT", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Redis_that_is_named_after_the_choice_of_memory_is_refused_and_not_ignored()
    {
        var reason = await CoHostedApplication.ReasonAsync(static builder =>
        {
            builder.AddOrleansSessionsServer();
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("OrleansSessions:Redis", (string?)"127.0.0.1:1")]);
        });

        Assert.Contains("OrleansSessions:Redis was set after", reason, StringComparison.Ordinal);
    }
}
