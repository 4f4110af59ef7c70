using BenchmarkDotNet.Attributes;

namespace OrleansSessions.Micro;

/// <summary>What each request pays to read its token: the alphabet, and the hash of the secret.</summary>
[InProcess, MemoryDiagnoser]
public class TokenBenchmarks
{
    private string _text = "";
    private SecretHash _hash;

    [GlobalSetup]
    public void SetUp()
    {
        var token = SessionToken.Create();
        (_text, _hash) = (token.ToCookieValue(), token.SecretHash);
    }

    [Benchmark]
    public SessionToken Create() => SessionToken.Create();

    [Benchmark]
    public bool Parse() => SessionToken.TryParse(_text, out _);

    [Benchmark]
    public bool ParseAndCompare() => SessionToken.TryParse(_text, out var token) && token.SecretHash.Equals(_hash);
}
