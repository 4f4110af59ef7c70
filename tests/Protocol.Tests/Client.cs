using OrleansSessions.AspNetCore;
using OrleansSessions.History;

namespace OrleansSessions.Protocol.Tests;

/// <summary>Clients of one user: they share tokens, as tabs of a browser do, and write down all that they do.</summary>
internal sealed class Client(string name, string subject, FrontEnd[] frontEnds, HistoryRecorder recorder, SharedTokens tokens, int seed)
{
    private readonly Random _random = new(seed);

    public async Task RunAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var frontEnd = frontEnds[_random.Next(frontEnds.Length)];
            var record = recorder.Client(name, frontEnd.Name);
            await (tokens.Pick(_random) is not { } token ? SignInAsync(frontEnd, record) : _random.Next(100) switch
            {
                < 6 => SignInAsync(frontEnd, record),
                < 10 => RevokeAsync(frontEnd, record, token),
                < 13 => RotateAsync(frontEnd, record, token),
                < 14 => RevokeAllAsync(frontEnd, record),
                < 17 => ListAsync(frontEnd, record),
                _ => ValidateAsync(frontEnd, record, token),
            });
        }
    }

    /// <summary>Looks at the list, and at every token ever issued, through every front end.</summary>
    public async Task LookAtEverythingAsync()
    {
        foreach (var frontEnd in frontEnds)
        {
            var record = recorder.Client(name, frontEnd.Name);
            await ListAsync(frontEnd, record);
            foreach (var token in tokens.All)
            {
                await ValidateAsync(frontEnd, record, token);
            }
        }
    }

    /// <summary>Waits until no session is left of the sign-ins that front ends have given up.</summary>
    public async Task WaitUntilNoGhostsAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await HasGhostsAsync())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<bool> HasGhostsAsync()
    {
        var lost = tokens.Lost.Select(static token => token.SessionId).ToHashSet(StringComparer.Ordinal);
        return (await frontEnds[0].ListAsync(subject)).Any(lost.Contains)
            || (await Task.WhenAll(tokens.Lost.Select(token => frontEnds[^1].ValidateAsync(token).AsTask()))).Any(static answer => answer.IsActive);
    }

    private Credential CredentialOf(SessionToken token) => Credential.FromToken(subject, token.ToCookieValue());

    private async Task SignInAsync(FrontEnd frontEnd, RecordingClient record)
    {
        PendingOperation? operation = null;
        var token = default(SessionToken);
        var presented = _random.Next(2) == 0 ? tokens.Pick(_random) : null;
        try
        {
            var (_, result) = await frontEnd.SignInAsync(subject, presented, next =>
            {
                // A second token means that the session of the first one has ended already.
                GiveUp(operation, token);
                token = next;
                operation = record.SignIn(subject, CredentialOf(next));
            });
            if (result.Status == SignInStatus.SignedIn)
            {
                operation!.SignedIn(CredentialOf(token));
                tokens.Add(token);
            }
            else
            {
                operation!.Denied();
            }
        }
        catch (SessionsUnavailableException)
        {
            GiveUp(operation, token);
        }
    }

    private void GiveUp(PendingOperation? operation, SessionToken token)
    {
        if (operation is not null)
        {
            operation.Unknown();
            tokens.AddLost(token);
        }
    }

    private Task ValidateAsync(FrontEnd frontEnd, RecordingClient record, SessionToken token)
    {
        var operation = record.Validate(CredentialOf(token));
        return EndAsync(operation, async () =>
        {
            var answer = await frontEnd.ValidateAsync(token);
            if (answer.IsActive)
            {
                operation.Accepted(answer.Session.Subject);
            }
            else
            {
                operation.Denied();
            }
        });
    }

    private Task RotateAsync(FrontEnd frontEnd, RecordingClient record, SessionToken token)
    {
        var next = token.Rotate();
        var label = CredentialOf(next).Secret;
        var operation = record.Rotate(CredentialOf(token), label);
        return EndAsync(operation, async () =>
        {
            var result = await frontEnd.RotateAsync(token, next);
            if (result.Status == SessionStatus.Active)
            {
                operation.Rotated(label);
                tokens.Add(next);
            }
            else
            {
                operation.Denied();
            }
        });
    }

    private Task RevokeAsync(FrontEnd frontEnd, RecordingClient record, SessionToken token)
    {
        var operation = record.Revoke(subject, token.SessionId);
        return EndAsync(operation, async () =>
        {
            await frontEnd.RevokeAsync(token);
            operation.Ok();
        });
    }

    private Task RevokeAllAsync(FrontEnd frontEnd, RecordingClient record)
    {
        var operation = record.RevokeAll(subject);
        return EndAsync(operation, async () =>
        {
            await frontEnd.RevokeAllAsync(subject);
            operation.Ok();
        });
    }

    private Task ListAsync(FrontEnd frontEnd, RecordingClient record)
    {
        var operation = record.List(subject);
        return EndAsync(operation, async () => operation.Listed(await frontEnd.ListAsync(subject)));
    }

    private static async Task EndAsync(PendingOperation operation, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (SessionsUnavailableException)
        {
            operation.Unknown();
        }
    }
}
