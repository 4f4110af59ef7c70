using System.Text.RegularExpressions;

namespace OrleansSessions.Grains.Tests.Conventions;

/// <summary>Where a reader looks for a type.</summary>
public sealed partial class SourceFileTests
{
    private static readonly string[] Generated = ["bin", "obj"];

    [Fact]
    public void A_file_bears_the_name_of_a_type_in_it()
    {
        var files = Directory.EnumerateFiles(SourceFolder(), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Intersect(Generated).Any()).ToList();

        Assert.NotEmpty(files);
        Assert.Empty(files.Where(static file => TypesIn(file) is { Count: > 0 } types && !types.Contains(ExpectedType(file))).Select(Path.GetFileName));
    }

    /// <summary>A page's model stands in a file that is named after the page.</summary>
    private static string ExpectedType(string file)
    {
        var name = Path.GetFileName(file);
        return name.EndsWith(".cshtml.cs", StringComparison.Ordinal) ? name.Split('.')[0] + "Model" : name.Split('.')[0];
    }

    private static List<string> TypesIn(string file) => [.. Declaration().Matches(File.ReadAllText(file)).Select(static match => match.Groups["name"].Value)];

    private static string SourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OrleansSessions.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No folder above the tests has the solution.");
        }

        return Path.Combine(folder.FullName, "src");
    }

    [GeneratedRegex(@"^(?:(?:public|internal|sealed|static|abstract|partial|readonly|ref) )*(?:class|record struct|record|struct|interface|enum) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
