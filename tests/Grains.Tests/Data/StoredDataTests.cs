using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Data;

/// <summary>Session data in its stored form.</summary>
public sealed class StoredDataTests : IAsyncLifetime
{
    /// <summary>As this release stores it: never change it, add another one.</summary>
    private const string Released = """
        {"v":1,"id":"382c74c3-721d-4f34-80e5-57657b6cbc27","generation":2,"bound":null,"commits":7,"seen":"2026-01-01T00:00:00+00:00",
        "idle":"00:20:00","entries":{"name":{"d":"AQID","n":7}},"recent":[{"id":-5,"n":7}]}
        """;

    private static readonly SessionDataUse Use = new() { IdleTimeout = TimeSpan.FromMinutes(20) };

    private TestSilos _silos = null!;

    private ISessionDataGrain Data => _silos.Cluster.Client.GetSessionData("data");

    private GrainId Id => Data.GetGrainId();

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync();

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public async Task A_released_record_is_read()
    {
        _silos.Store.Put(Id, Released);

        var contents = await Data.LoadAsync(Use);

        Assert.Equal(("382c74c3-721d-4f34-80e5-57657b6cbc27", 2), (contents.DataId, contents.Generation));
        var entry = Assert.Single(contents.Entries);
        Assert.Equal(("name", 7), (entry.Name, entry.Version));
        Assert.Equal([1, 2, 3], entry.Value);
    }

    [Fact]
    public async Task A_record_of_a_newer_release_is_read_and_never_changed()
    {
        var newer = Released.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal);
        _silos.Store.Put(Id, newer);
        Assert.Single((await Data.LoadAsync(Use)).Entries);

        await Assert.ThrowsAnyAsync<OrleansException>(() => Data.CommitAsync(Commit(generation: 2)));

        Assert.Equal(newer, _silos.Store.TextOf(Id));
    }

    [Fact]
    public async Task What_a_newer_release_has_stored_besides_is_stored_again()
    {
        _silos.Store.Put(Id, Released.Replace("\"v\":1", "\"v\":1,\"later\":42", StringComparison.Ordinal));

        await Data.CommitAsync(Commit(generation: 2));

        Assert.Contains("\"later\":42", _silos.Store.TextOf(Id), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"v":1,"entries":null}""")]
    public async Task A_damaged_record_is_no_empty_data(string text)
    {
        _silos.Store.Put(Id, text);

        await Assert.ThrowsAnyAsync<OrleansException>(() => Data.LoadAsync(Use));
        await Assert.ThrowsAnyAsync<OrleansException>(() => Data.CommitAsync(Commit()));

        Assert.Equal(text, _silos.Store.TextOf(Id));
    }

    [Fact]
    public async Task L6_damaged_data_does_not_keep_its_session_from_ending()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        await Data.BindAsync(new SessionDataBinding(new SessionProof(token.SessionId, token.SecretHash), 0) { IdleTimeout = Use.IdleTimeout, DataId = "id" });
        _silos.Store.Put(Id, "{");

        await _silos.RevokeAsync(token);

        Assert.Equal(1, (await Data.LoadAsync(Use)).Generation);
    }

    [Fact]
    public async Task The_session_keeps_its_data_in_mind_whatever_else_changes()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        await Data.BindAsync(new SessionDataBinding(new SessionProof(token.SessionId, token.SecretHash), 0) { IdleTimeout = Use.IdleTimeout, DataId = "id" });
        var next = token.Rotate();

        await _silos.Session(token.SessionId).RotateAsync(new RotationRequest { Current = token.SecretHash, Next = next.SecretHash, Ticket = [] });
        await _silos.User("ann").OutdateClaimsAsync();
        await _silos.RevokeAsync(next);

        Assert.Equal(1, (await Data.LoadAsync(Use)).Generation);
    }

    private static SessionDataCommit Commit(int generation = 0) => new()
    {
        CommitId = 1,
        Generation = generation,
        DataId = "id",
        Use = Use,
        Changes = [new SessionDataChange("other", [4])],
        MaxTotalBytes = SessionDataLimits.MaxTotalBytes,
    };
}
