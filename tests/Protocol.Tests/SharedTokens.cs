namespace OrleansSessions.Protocol.Tests;

/// <summary>The tokens that a user's clients hold, dead ones among them: those must stay dead.</summary>
internal sealed class SharedTokens
{
    private readonly List<SessionToken> _tokens = [];
    private readonly List<SessionToken> _lost = [];

    public SessionToken[] All
    {
        get
        {
            lock (_tokens)
            {
                return [.. _tokens];
            }
        }
    }

    /// <summary>Tokens of sign-ins that were given up: nobody holds them.</summary>
    public SessionToken[] Lost
    {
        get
        {
            lock (_tokens)
            {
                return [.. _lost];
            }
        }
    }

    public void AddLost(SessionToken token)
    {
        lock (_tokens)
        {
            _lost.Add(token);
        }
    }

    public void Add(SessionToken token)
    {
        lock (_tokens)
        {
            _tokens.Add(token);
        }
    }

    /// <summary>One of the latest few: old ones are dead, and a lease needs use.</summary>
    public SessionToken? Pick(Random random)
    {
        lock (_tokens)
        {
            return _tokens.Count == 0 ? null : _tokens[^(1 + random.Next(Math.Min(3, _tokens.Count)))];
        }
    }
}
