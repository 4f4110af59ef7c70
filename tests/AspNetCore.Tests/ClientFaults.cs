namespace OrleansSessions.AspNetCore.Tests;

/// <summary>What happens to calls between a front end and a session, by the name of the method.</summary>
internal sealed class ClientFaults : IOutgoingGrainCallFilter
{
    /// <summary>Stands between the caller and the session; null to let calls pass.</summary>
    public Func<string, Func<Task>, Task>? Between { get; set; }

    public Task Invoke(IOutgoingGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType == typeof(ISessionGrain) && Between is { } between
            ? between(context.MethodName, context.Invoke)
            : context.Invoke();
}
