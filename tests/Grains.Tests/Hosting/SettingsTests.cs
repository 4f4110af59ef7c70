using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.Grains.Tests.Hosting;

/// <summary>How settings are found in the configuration, and which names are refused.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void C35_all_settings_stand_under_one_root()
    {
        Assert.Equal("redis:6379", Read(("OrleansSessions:Redis", "redis:6379")).Redis);
        Assert.Equal(TimeSpan.FromSeconds(2), Read<LeaseOptions>(("OrleansSessions:Leases:Duration", "00:00:02")).Duration);
    }

    [Fact]
    public void C35_the_sections_of_other_servers_and_of_the_host_application_are_left_alone()
    {
        Read(("OrleansSessions:Web:FrontEndName", "one"), ("OrleansSessions:Silo:SiloPort", "1"), ("Cluster:Name", "k8s"), ("Web:Title", "Shop"));
        Read<LeaseOptions>(("Leases:Apartments", "12"));
    }

    [Theory]
    [InlineData("OrleansSessions:Reddis")]
    [InlineData("OrleansSessions:Session:IdleTimeout")]
    [InlineData("OrleansSessions:SessionClient:Leases")]
    public void C35_an_unknown_name_under_the_root_is_refused(string name) =>
        Assert.Contains("is no setting", Refusal<ClusterSettings>((name, "1")), StringComparison.Ordinal);

    [Theory]
    [InlineData("Cluster:Redis", "OrleansSessions__Redis")]
    [InlineData("Cluster:ServiceId", "OrleansSessions__ServiceId")]
    public void C35_a_former_name_is_told_with_the_present_one(string former, string present)
    {
        Assert.Equal($"{former} is {present.Replace("__", ":", StringComparison.Ordinal)} now; set {present}.", Refusal<ClusterSettings>((former, "x")));
        Read((former, "x"), (present.Replace("__", ":", StringComparison.Ordinal), "y"));
    }

    [Fact]
    public void C35_a_former_name_within_a_section_is_told_with_the_present_one() =>
        Assert.Equal(
            "Leases:Duration is OrleansSessions:Leases:Duration now; set OrleansSessions__Leases__Duration.",
            Refusal<LeaseOptions>(("Leases:Duration", "00:00:02")));

    [Fact]
    public void C14_a_connection_string_of_the_name_serves_for_Redis()
    {
        Assert.Equal("redis:1", Read(("ConnectionStrings:OrleansSessions", "redis:1")).Redis);
        Assert.Equal("redis:2", Read(("ConnectionStrings:OrleansSessions", "redis:1"), ("OrleansSessions:Redis", "redis:2")).Redis);
    }

    private static ClusterSettings Read(params (string Name, string Value)[] settings) => Read<ClusterSettings>(settings);

    private static TSettings Read<TSettings>(params (string Name, string Value)[] settings)
        where TSettings : class
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build());
        services.AddClusterSettings();
        services.AddSettings<LeaseOptions>(LeaseOptions.Section);
        return services.BuildServiceProvider().GetRequiredService<IOptions<TSettings>>().Value;
    }

    private static string Refusal<TSettings>(params (string Name, string Value)[] settings)
        where TSettings : class =>
        Assert.Single(Assert.Throws<OptionsValidationException>(() => Read<TSettings>(settings)).Failures);
}
