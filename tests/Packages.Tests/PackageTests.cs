using System.IO.Compression;
using System.Xml.Linq;

namespace OrleansSessions.Packages.Tests;

/// <summary>What is in the packages.</summary>
public sealed class PackageTests(Feed feed) : IClassFixture<Feed>
{
    private static readonly string[] Ids =
    [
        "OrleansSessions.AspNetCore", "OrleansSessions.Grains", "OrleansSessions.Grains.Interfaces", "OrleansSessions.Redis",
        "OrleansSessions.Server", "OrleansSessions.Yarp",
    ];

    [Fact]
    public void What_an_adopter_needs_is_packed_and_nothing_else() =>
        Assert.Equal(Ids, feed.Files.Select(static file => Value(Specification(file), "id")).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_package_explains_itself_and_bears_a_licence()
    {
        Assert.All(feed.Files, static file =>
        {
            using var package = ZipFile.OpenRead(file);
            var entries = package.Entries.Select(static entry => entry.FullName).ToList();
            var specification = Specification(file);
            var id = Value(specification, "id");
            Assert.Contains($"lib/net10.0/{id}.dll", entries);
            Assert.Contains($"lib/net10.0/{id}.xml", entries);
            Assert.Contains("README.md", entries);
            Assert.Contains("icon.png", entries);
            Assert.Equal("MIT", Value(specification, "license"));
            Assert.Equal("README.md", Value(specification, "readme"));
            Assert.Equal("icon.png", Value(specification, "icon"));
            Assert.NotEqual("Package Description", Value(specification, "description"));
        });
    }

    [Fact]
    public void Packages_depend_on_packages_of_the_same_version()
    {
        var specifications = feed.Files.Select(Specification).ToList();
        var version = Assert.Single(specifications.Select(static specification => Value(specification, "version")).Distinct());

        var own = specifications.SelectMany(static specification => specification.Descendants())
            .Where(static element => element.Name.LocalName == "dependency" && element.Attribute("id")!.Value.StartsWith("OrleansSessions.", StringComparison.Ordinal));
        Assert.All(own, dependency =>
        {
            Assert.Contains(dependency.Attribute("id")!.Value, Ids);
            Assert.Equal(version, dependency.Attribute("version")!.Value);
        });
    }

    private static XElement Specification(string file)
    {
        using var package = ZipFile.OpenRead(file);
        using var text = package.Entries.Single(static entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XElement.Load(text);
    }

    private static string Value(XElement specification, string name) =>
        specification.Descendants().First(element => element.Name.LocalName == name).Value;
}
