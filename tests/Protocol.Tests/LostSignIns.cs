using System.Collections.Concurrent;

namespace OrleansSessions.Protocol.Tests;

/// <summary>Loses answers of sign-ins: of some sessions the first one, of some all of them.</summary>
internal sealed class LostSignIns : IOutgoingGrainCallFilter
{
    private readonly ConcurrentDictionary<GrainId, bool> _seen = new();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        await context.Invoke();
        if (context.InterfaceMethod.DeclaringType == typeof(ISessionGrain)
            && context.MethodName == nameof(ISessionGrain.SignInAsync)
            && IsLost(context.TargetId))
        {
            throw new TimeoutException("The answer was lost.");
        }
    }

    // IDs are random, so their first character is a die.
    private bool IsLost(GrainId session) => (char)session.Key.AsSpan()[0] switch
    {
        >= 'A' and <= 'P' => true,
        >= 'a' and <= 'p' => _seen.TryAdd(session, true),
        _ => false,
    };
}
