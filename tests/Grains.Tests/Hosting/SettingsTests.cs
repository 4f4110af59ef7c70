using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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
    [InlineData("OrleansSessions:Redis:Password")]
    [InlineData("OrleansSessions:ClusterId:0")]
    public void C35_an_unknown_name_under_the_root_is_refused(string name) =>
        Assert.Contains("is not a setting", Refusal<ClusterSettings>((name, "1")), StringComparison.Ordinal);

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

    [Theory]
    [InlineData("OrleansSession:Redis")]
    [InlineData("OrleanSessions:Redis")]
    [InlineData("orleans-sessions:Redis")]
    public void C35_a_misspelt_root_is_refused(string name) =>
        Assert.EndsWith("settings stand under OrleansSessions.", Refusal<ClusterSettings>((name, "x")), StringComparison.Ordinal);

    [Theory]
    [InlineData("OrleansSessions:Leases")]
    [InlineData("OrleansSessions")]
    public void C35_a_section_has_no_value(string section) =>
        Assert.Contains("is a section", Refusal<ClusterSettings>((section, "on")), StringComparison.Ordinal);

    [Fact]
    public void C35_names_near_to_the_root_that_are_no_sections_are_somebody_elses() =>
        Read(("ORLEANS_SESSIONS", "tcp://10.0.0.1:80"), ("Orleans:ClusterId", "x"), ("ORLEANS_SESSIONS_PORT:80", "x"));

    [Theory]
    [InlineData("--OrleansSession:Redis=secret", "--OrleansSession is not a setting; settings begin with --OrleansSessions:.")]
    [InlineData("--Session:IdleTimeout=00:05:00", "--Session is not a setting; settings begin with --OrleansSessions:.")]
    [InlineData("--redis=secret", "--redis is not a setting; settings begin with --OrleansSessions:.")]
    [InlineData("--SessionClient:Leases=false", "--SessionClient: is --OrleansSessions:Client: now.")]
    public void C35_an_unknown_name_on_the_command_line_is_refused(string argument, string reason) =>
        Assert.Equal(reason, Assert.Single(CommandLineNames.Check([argument])));

    [Fact]
    public void C35_names_of_the_host_are_known_on_the_command_line() => Assert.Empty(CommandLineNames.Check(
    [
        "--urls=http://127.0.0.1:1", "--environment", "Production", "--Logging:LogLevel:Default=Debug", "--Kestrel:Endpoints:A:Url=http://x",
        "--ConnectionStrings:OrleansSessions=x", "--orleanssessions:redis=x",
    ]));

    [Theory]
    [InlineData("a", "List", "a")]
    [InlineData("a,b", "List", "a, b")]
    [InlineData("a", "List", " a , ")]
    [InlineData("a", "List:0", "a")]
    [InlineData("a,b,c", "List:0", "a", "List:1", "b,c")]
    [InlineData("", "List", "")]
    public void C13_a_list_takes_one_value_several_or_one_with_commas(string expected, params string[] pairs)
    {
        var settings = pairs.Chunk(2).Select(static pair => (Name: $"Test:{pair[0]}", Value: pair[1])).ToArray();

        Assert.Equal(expected, string.Join(',', Read<WithList>(settings).List));
    }

    [Theory]
    [InlineData("Test:List:first")]
    [InlineData("Test:List:0:Address")]
    [InlineData("Test:List:-1")]
    public void C35_a_name_within_a_list_is_refused(string name) =>
        Assert.Contains("number the values of a list", Refusal<WithList>((name, "x")), StringComparison.Ordinal);

    [Fact]
    public void C14_a_connection_string_of_the_name_serves_for_Redis()
    {
        Assert.Equal("redis:1", Read(("ConnectionStrings:OrleansSessions", "redis:1")).Redis);
        Assert.Equal("redis:2", Read(("ConnectionStrings:OrleansSessions", "redis:1"), ("OrleansSessions:Redis", "redis:2")).Redis);
    }

    private sealed class WithList
    {
        public IList<string> List { get; } = [];
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
        services.AddSettings<WithList>("Test");
        return services.BuildServiceProvider().GetRequiredService<IOptions<TSettings>>().Value;
    }

    private static string Refusal<TSettings>(params (string Name, string Value)[] settings)
        where TSettings : class =>
        Assert.Single(Assert.Throws<OptionsValidationException>(() => Read<TSettings>(settings)).Failures);
}
