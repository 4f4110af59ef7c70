using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <summary>Answers whether the holder of a token is signed in.</summary>
public interface ISessionValidator
{
    /// <summary>Validates a token. An active answer reflects a moment after this call began.</summary>
    /// <exception cref="SessionsUnavailableException">It cannot be known now.</exception>
    ValueTask<ValidatedSession> ValidateAsync(SessionToken token, CancellationToken cancellationToken);
}
