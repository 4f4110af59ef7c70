namespace OrleansSessions.History.Tests;

public sealed class RecorderTests
{
    [Fact]
    public void An_operation_without_an_end_is_unknown_and_never_ends()
    {
        var recorder = new HistoryRecorder();
        recorder.Client("c1", "f1").Revoke("alice", "a1");

        var operation = Assert.Single(recorder.Snapshot());

        Assert.Equal((Outcome.Unknown, Operation.Never), (operation.Outcome, operation.End));
    }

    [Fact]
    public void An_operation_ends_once()
    {
        var pending = new HistoryRecorder().Client("c1", "f1").Validate(Script.Alice);
        pending.Accepted("alice", status: 200);

        Assert.Throws<InvalidOperationException>(() => pending.Denied());
    }

    [Theory]
    [InlineData(401, Outcome.Denied)]
    [InlineData(503, Outcome.Unknown)]
    [InlineData(500, Outcome.Unknown)]
    public void A_status_tells_a_denial_from_an_error(int status, Outcome outcome)
    {
        var pending = new HistoryRecorder().Client("c1", "f1").Validate(Script.Alice);
        pending.Failed(status);

        Assert.Equal((outcome, status), (pending.Operation.Outcome, pending.Operation.Status));
    }

    [Fact]
    public void A_recorded_life_passes_and_prints_no_secret()
    {
        const string Token = "AAAAAAAAAAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB";
        var recorder = new HistoryRecorder();
        var client = recorder.Client("c1", "f1");
        var held = Credential.FromToken("alice", Token);
        client.SignIn("alice").SignedIn(held, status: 200);
        client.Validate(held).Accepted("alice", status: 200);
        client.Revoke("alice", held.SessionId).Ok(status: 200);
        client.Validate(held).Failed(401, cookieCleared: true);

        var history = recorder.Snapshot();

        Assert.Empty(HistoryChecker.Check(history));
        Assert.Equal(4, history.Length);
        Assert.DoesNotContain(Token[24..], HistoryText.Describe(history), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_clients_record_at_once()
    {
        var recorder = new HistoryRecorder();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() =>
        {
            var client = recorder.Client($"c{number}", "f1");
            for (var i = 0; i < 1_000; i++)
            {
                client.Validate(Script.Alice).Unknown(503);
            }
        })));

        Assert.Equal(8_000, recorder.Snapshot().Count(operation => operation.End >= operation.Start));
    }
}
