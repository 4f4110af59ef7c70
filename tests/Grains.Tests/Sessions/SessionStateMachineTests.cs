using System.Collections.Immutable;
using CsCheck;
using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Sessions;

/// <summary>
/// Random operations on a session, up to three at a time, held against a model of a few lines: what they answered must be
/// what the model answers in some order of those that ran together.
/// </summary>
public sealed class SessionStateMachineTests : IAsyncLifetime
{
    private const int Secrets = 4;

    private static readonly Gen<Operation> AnyOperation = Gen.Frequency(
        (6, Gen.Int[0, Secrets - 1].Select(secret => new Operation(Kind.Validate, secret))),
        (4, Gen.Select(Gen.Int[0, Secrets - 1], Gen.Int[0, Secrets - 1]).Select((from, to) => new Operation(Kind.Rotate, from, to))),
        (1, Gen.Const(new Operation(Kind.Revoke))),
        (1, Gen.Const(new Operation(Kind.Deactivate))));

    private TestSilos _silos = null!;

    private enum Kind
    {
        Validate,
        Rotate,
        Revoke,
        Deactivate,
    }

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync();

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public Task O5_operations_at_the_same_time_answer_as_if_they_had_come_one_after_another() =>
        AnyOperation.Array[1, 3].Array[1, 12].SampleAsync(async steps =>
        {
            var session = await SignInAsync();
            ImmutableHashSet<Model> possible = [new Model(Current: 0, IsEnded: false)];
            foreach (var step in steps)
            {
                var answers = await Task.WhenAll(step.Select(operation => RunAsync(session, operation)));
                possible = [.. Orders(step.Length).SelectMany(order => possible.Select(model => Explain(model, step, answers, order))).OfType<Model>()];
                if (possible.IsEmpty)
                {
                    return false;
                }
            }

            return true;
        }, iter: 150, threads: 1);

    /// <summary>The model after the operations in an order; null where their answers contradict it.</summary>
    private static Model? Explain(Model model, Operation[] step, SessionStatus?[] answers, int[] order)
    {
        foreach (var i in order)
        {
            var (next, answer) = model.Apply(step[i]);
            if (answer is not null && answer != answers[i])
            {
                return null;
            }

            model = next;
        }

        return model;
    }

    private static IEnumerable<int[]> Orders(int count) => count == 0
        ? [[]]
        : Orders(count - 1).SelectMany(order => Enumerable.Range(0, count).Select(at => (int[])[.. order[..at], count - 1, .. order[at..]]));

    private async Task<SessionToken[]> SignInAsync()
    {
        var token = await _silos.SignInAsync("ann");
        return [token, .. Enumerable.Range(1, Secrets - 1).Select(_ => token.Rotate())];
    }

    private async Task<SessionStatus?> RunAsync(SessionToken[] secrets, Operation operation)
    {
        var session = _silos.Session(secrets[0].SessionId);
        switch (operation.Kind)
        {
            case Kind.Validate:
                return await _silos.StatusAsync(secrets[operation.Secret]);
            case Kind.Rotate:
                var request = new RotationRequest { Ticket = [1, 2, 3], Current = secrets[operation.Secret].SecretHash, Next = secrets[operation.Next].SecretHash };
                return (await session.RotateAsync(request)).Status;
            case Kind.Revoke:
                return (await session.RevokeAsync(new RevocationRequest { Reason = RevocationReason.RevokedByUser })).Status;
            default:
                await _silos.DeactivateAsync(session);
                return null;
        }
    }

    private sealed record Operation(Kind Kind, int Secret = 0, int Next = 0);

    /// <summary>All that a session is to those who use it: which secret is its own, and whether it has ended.</summary>
    private sealed record Model(int Current, bool IsEnded)
    {
        public (Model Next, SessionStatus? Answer) Apply(Operation operation) => operation.Kind switch
        {
            Kind.Validate => (this, StatusOf(operation.Secret)),

            // A rotation to the secret in use is one that was asked for again: it is done already.
            Kind.Rotate when !IsEnded && operation.Next == Current => (this, SessionStatus.Active),
            Kind.Rotate when !IsEnded && operation.Secret == Current => (this with { Current = operation.Next }, SessionStatus.Active),
            Kind.Rotate => (this, StatusOf(operation.Secret)),
            Kind.Revoke => (this with { IsEnded = true }, IsEnded ? SessionStatus.Revoked : SessionStatus.Active),
            _ => (this, null),
        };

        private SessionStatus StatusOf(int secret) =>
            secret != Current ? SessionStatus.NotFound : IsEnded ? SessionStatus.Revoked : SessionStatus.Active;
    }
}
