using System.Collections.Immutable;

namespace OrleansSessions.History.Tests;

/// <summary>A way to spoil a good history, so that it breaks a known invariant.</summary>
/// <param name="Breaks">The invariant that is broken.</param>
/// <param name="Applies">Whether an operation of a history can be spoiled this way, by the invariant's plain definition.</param>
/// <param name="Spoil">What becomes of it.</param>
internal sealed record Spoiler(
    Invariant Breaks, Func<Operation, ImmutableArray<Operation>, bool> Applies, Func<Operation, Operation> Spoil)
{
    public static ImmutableArray<Spoiler> All { get; } =
    [
        new(Invariant.NoLoginIsLost, IsSurelyLive, Deny),
        new(Invariant.RevocationIsFinal, IsAfterRevocation, Accept),
        new(Invariant.NothingIsMadeUp, (operation, _) => operation.Secret == "forged", Accept),
        new(Invariant.ListsAreComplete, IsLastList, operation => operation with { Sessions = operation.Sessions.Add("ghost") }),
        new(Invariant.ListsAreComplete, IsListWithSureSession, operation => operation with { Sessions = [] }),
        new(Invariant.AnswersAreTheCallersOwn, (operation, _) => operation.AnsweredSubject is not null, operation => operation with { AnsweredSubject = "mallory" }),
        new(Invariant.AnswersAreTheCallersOwn, (operation, _) => operation.Outcome == Outcome.Denied, operation => operation with { Status = 503 }),
        new(Invariant.RotationHasOneSuccessor, IsReplacedSecret, Accept),
        new(Invariant.FailureKeepsTheCookie, (operation, _) => operation.Status == 503, operation => operation with { CookieCleared = true }),
    ];

    /// <summary>The history with one operation spoiled, chosen among those that can be.</summary>
    public ImmutableArray<Operation> Apply(ImmutableArray<Operation> history, int choice)
    {
        var candidates = history.Where(operation => Applies(operation, history)).ToArray();
        var chosen = candidates[choice % candidates.Length];
        return history.Replace(chosen, Spoil(chosen));
    }

    private static Operation Accept(Operation operation) => operation with { Outcome = Outcome.Ok, Status = 200 };

    private static Operation Deny(Operation operation) => operation with { Outcome = Outcome.Denied, Status = 401 };

    private static bool IsSurelyLive(Operation operation, ImmutableArray<Operation> history) =>
        operation is { Kind: OperationKind.Validate, Outcome: Outcome.Ok }
        && history.Any(issue => issue is { Kind: OperationKind.SignIn, Outcome: Outcome.Ok } && issue.NewSecret == operation.Secret && operation.StartedAfter(issue))
        && !history.Any(other => other.Start <= operation.End && other.MayHaveHappened && MayEnd(other, operation));

    private static bool MayEnd(Operation other, Operation operation) => other.Kind switch
    {
        OperationKind.Revoke or OperationKind.Rotate => other.SessionId == operation.SessionId,
        OperationKind.RevokeAll => other.Subject == operation.Subject,
        _ => false,
    };

    private static bool IsAfterRevocation(Operation operation, ImmutableArray<Operation> history) =>
        IsDenied(operation, history) && history.Any(revocation =>
            revocation is { Kind: OperationKind.Revoke, Outcome: Outcome.Ok }
            && revocation.SessionId == operation.SessionId && operation.StartedAfter(revocation));

    private static bool IsReplacedSecret(Operation operation, ImmutableArray<Operation> history) =>
        IsDenied(operation, history)
        && history.Any(rotation => rotation is { Kind: OperationKind.Rotate, Outcome: Outcome.Ok } && rotation.Secret == operation.Secret && operation.StartedAfter(rotation))
        && !history.Any(other => other.Kind != OperationKind.Rotate && MayEnd(other, operation) && operation.StartedAfter(other));

    private static bool IsDenied(Operation operation, ImmutableArray<Operation> history) =>
        operation is { Kind: OperationKind.Validate, Outcome: Outcome.Denied }
        && history.Any(issue => issue.NewSecret == operation.Secret && issue.MayHaveHappened && issue.Start <= operation.End);

    private static bool IsLastList(Operation operation, ImmutableArray<Operation> history) =>
        operation == history[^1];

    private static bool IsListWithSureSession(Operation operation, ImmutableArray<Operation> history) =>
        IsLastList(operation, history) && history.Any(signIn =>
            signIn is { Kind: OperationKind.SignIn, Outcome: Outcome.Ok } && signIn.Subject == operation.Subject
            && !history.Any(other => other.MayHaveHappened && MayEnd(other, signIn) && other.Kind != OperationKind.Rotate));
}
