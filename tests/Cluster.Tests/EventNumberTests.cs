using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Logging;
using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Cluster.Tests;

/// <summary>The numbers of log entries, over all programs and libraries of the product.</summary>
public sealed class EventNumberTests
{
    private static readonly Dictionary<string, int> Hundreds = new()
    {
        ["Grains"] = 1,
        ["Accounts"] = 1,
        ["AspNetCore"] = 2,
        ["Server"] = 3,
        ["Redis"] = 3,
        ["WebFrontend"] = 4,
    };

    private static readonly string[] Programs = ["Silo", "WebFrontend", "LocalCluster"];

    [Fact]
    public void C27_no_two_kinds_of_log_entries_have_one_number()
    {
        var numbers = Product().SelectMany(assembly => assembly.GetTypes()
            .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId)
            .OfType<int>()
            .Select(number => (Project: assembly.GetName().Name!["OrleansSessions.".Length..], Number: number))).ToList();

        Assert.NotEmpty(numbers);
        Assert.Empty(numbers.GroupBy(static entry => entry.Number).Where(static group => group.Count() > 1).Select(static group => group.Key));
        Assert.All(numbers, static entry => Assert.Equal(Hundreds[entry.Project], entry.Number / 100));
    }

    /// <summary>What is built of the folder <c>src</c>, from where the front end and the silo have it.</summary>
    private static Assembly[] Product()
    {
        var files = Programs.SelectMany(static project => Directory.EnumerateFiles(BuiltProgram.FolderOf(project), "OrleansSessions.*.dll"))
            .DistinctBy(Path.GetFileName).ToList();

        // Into the one context that all tests share: Orleans would take a second copy of a contract for a contract of its own.
        AssemblyLoadContext.Default.Resolving += (context, name) => files.Select(Path.GetDirectoryName).Distinct()
            .Select(folder => Path.Combine(folder!, name.Name + ".dll")).FirstOrDefault(File.Exists) is { } file
                ? context.LoadFromAssemblyPath(file)
                : null;
        return [.. files.Select(static file => Assembly.Load(AssemblyName.GetAssemblyName(file)))];
    }
}
