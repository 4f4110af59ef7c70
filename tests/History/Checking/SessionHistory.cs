namespace OrleansSessions.History;

/// <summary>One session: how it came to be, what may have ended it, what surely did, and its secrets.</summary>
internal sealed class SessionHistory
{
    private SessionHistory(string id, IReadOnlyList<Operation> operations)
    {
        Id = id;
        Operations = operations;
        SignIn = operations.FirstOrDefault(operation => operation is { Kind: OperationKind.SignIn, MayHaveHappened: true });
        Uses = [.. operations.Where(operation => operation.Kind is OperationKind.Validate or OperationKind.Rotate && operation.MayHaveHappened)];
        Secrets = operations
            .SelectMany(operation => new[] { operation.Secret, operation.NewSecret })
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(label => label, _ => new SecretHistory(), StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            AddToSecrets(operation);
        }
    }

    public string Id { get; }

    /// <summary>The session's operations, in the order of their starts.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The sign-in that made it, or may have.</summary>
    public Operation? SignIn { get; }

    /// <summary>Validations and rotations that were accepted, or may have been.</summary>
    public IReadOnlyList<Operation> Uses { get; }

    public IReadOnlyDictionary<string, SecretHistory> Secrets { get; }

    /// <summary>What may have ended the session, the earliest first; null where nothing can have.</summary>
    public Operation? MayHaveEnded { get; private set; }

    /// <summary>What surely ended the session, the earliest to take effect first; null where nothing did for sure.</summary>
    public Operation? Ended { get; private set; }

    public static SessionHistory From(
        string id,
        IReadOnlyList<Operation> operations,
        IEnumerable<Operation> superseding,
        Dictionary<string, UserHistory> users,
        HistorySettings settings)
    {
        var session = new SessionHistory(id, operations);
        session.AddEnds(operations.Where(operation => operation.Kind == OperationKind.Revoke));
        session.AddEnds(superseding);
        if (session.SignIn is { } signIn)
        {
            session.AddEndsByUser(users[signIn.Subject], signIn, settings);
        }

        if (settings.ReuseRevokes)
        {
            session.AddPossibleEnds(operations.Where(session.PresentsReplacedSecret));
        }

        return session;
    }

    private void AddEndsByUser(UserHistory user, Operation signIn, HistorySettings settings)
    {
        foreach (var revocation in user.RevocationsOfAll.Where(operation => operation.OtherSessionId != Id))
        {
            // A session that was only being made may come through.
            if (revocation.StartedAfter(signIn) && signIn.Outcome == Outcome.Ok)
            {
                AddEnds([revocation]);
            }
            else if (revocation.Outcome == Outcome.Unknown || !signIn.StartedAfter(revocation))
            {
                AddPossibleEnds([revocation]);
            }
        }

        if (settings.SignInsEvict)
        {
            AddPossibleEnds(user.SignIns.Where(other => other.SessionId != Id && !signIn.StartedAfter(other)));
        }
    }

    private void AddEnds(IEnumerable<Operation> operations)
    {
        foreach (var operation in operations)
        {
            AddPossibleEnds([operation]);
            if (operation.EffectiveAt < (Ended?.EffectiveAt ?? Operation.Never))
            {
                Ended = operation;
            }
        }
    }

    private void AddPossibleEnds(IEnumerable<Operation> operations)
    {
        foreach (var operation in operations.Where(operation => operation.MayHaveHappened))
        {
            if (operation.Start < (MayHaveEnded?.Start ?? Operation.Never))
            {
                MayHaveEnded = operation;
            }
        }
    }

    private bool PresentsReplacedSecret(Operation operation) =>
        operation.Secret is { } label && Secrets[label].Rotations.Any(rotation => rotation != operation && rotation.Start < operation.End);

    private void AddToSecrets(Operation operation)
    {
        if (operation is { NewSecret: { } issued, MayHaveHappened: true })
        {
            Secrets[issued].AddIssue(operation);
        }

        if (operation is { Kind: OperationKind.Rotate, Secret: { } replaced, MayHaveHappened: true })
        {
            Secrets[replaced].AddRotation(operation);
        }
    }
}
