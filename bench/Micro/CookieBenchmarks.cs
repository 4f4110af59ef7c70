using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Primitives;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.Micro;

/// <summary>Finding the session cookie in a <c>Cookie</c> header, alone and among others.</summary>
[InProcess, MemoryDiagnoser]
public class CookieBenchmarks
{
    private StringValues _alone;
    private StringValues _amongOthers;
    private StringValues _absent;

    [GlobalSetup]
    public void SetUp()
    {
        var cookie = $"{SessionDefaults.CookieName}={SessionToken.Create().ToCookieValue()}";
        _alone = cookie;
        _absent = "theme=dark; _ga=GA1.1.1234567890.1700000000; consent=all; lang=en";
        _amongOthers = $"{_absent}; {cookie}";
    }

    [Benchmark]
    public object Alone() => SessionCookie.Read(_alone, SessionDefaults.CookieName, out _);

    [Benchmark]
    public object AmongOthers() => SessionCookie.Read(_amongOthers, SessionDefaults.CookieName, out _);

    [Benchmark]
    public object Absent() => SessionCookie.Read(_absent, SessionDefaults.CookieName, out _);
}
