using System.Reflection;
using Microsoft.Extensions.Logging;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class EventIdTests
{
    [Fact]
    public void Each_line_of_the_log_has_a_number_of_its_own_in_the_four_hundreds()
    {
        var ids = typeof(WebFrontendHost).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId)
            .OfType<int>()
            .ToList();

        Assert.NotEmpty(ids);
        Assert.All(ids, static id => Assert.InRange(id, 400, 499));
        Assert.Equal(ids.Distinct(), ids);
    }
}
