using OrleansSessions.AspNetCore;
using OrleansSessions.Grains.Interfaces;
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

    private Credential CredentialOf(SessionToken token) => Credential.FromToken(subject, token.ToCookieValue());

    private Task SignInAsync(FrontEnd frontEnd, RecordingClient record)
    {
        var token = SessionToken.Create();
        var operation = record.SignIn(subject, CredentialOf(token));
        return EndAsync(operation, async () =>
        {
            var result = await frontEnd.SignInAsync(token, subject);
            if (result.Status == SignInStatus.SignedIn)
            {
                operation.SignedIn(CredentialOf(token));
                tokens.Add(token);
            }
            else
            {
                operation.Denied();
            }
        });
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
