using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansSessions.AspNetCore;

/// <summary>The session state of one request.</summary>
/// <remarks>
/// What it means for an application is what the stock session means: keys tell upper from lower case, a load that fails
/// leaves it unavailable and empty, and nothing is stored before a value is set. It differs in what a commit sends: the
/// changed keys, and no other.
/// </remarks>
internal sealed partial class SessionState(
    SessionStateCluster cluster,
    SynchronousLoads synchronousLoads,
    IHttpContextAccessor requests,
    SessionStateOptions options,
    TimeProvider time,
    ILogger<SessionState> logger) : ISession
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    // The versions that the changed keys had when they were loaded, zero for none.
    private readonly Dictionary<string, long> _changed = new(StringComparer.Ordinal);
    private bool _isLoaded;
    private bool _isAvailable;
    private string? _dataId;
    private int _generation;
    private string? _sessionId;

    public required SessionStateKey Key { get; init; }

    public required TimeSpan IdleTimeout { get; init; }

    public required TimeSpan IOTimeout { get; init; }

    public required Func<bool> TryEstablish { get; init; }

    /// <summary>Whether the browser has no cookie yet, so that nothing can be stored.</summary>
    public required bool IsNew { get; init; }

    public bool IsAvailable
    {
        get
        {
            Load();
            return _isAvailable;
        }
    }

    public string Id
    {
        get
        {
            Load();
            return !_isAvailable ? "" : DataId;
        }
    }

    public IEnumerable<string> Keys
    {
        get
        {
            Load();
            return _entries.Keys;
        }
    }

    private string DataId => _dataId ??= new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    private SessionDataUse Use => new() { IdleTimeout = IdleTimeout, SessionId = _sessionId };

    public bool TryGetValue(string key, [NotNullWhen(true)] out byte[]? value)
    {
        Load();
        value = _entries.TryGetValue(key, out var entry) ? entry.Value : null;
        return value is not null;
    }

    public void Set(string key, byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!IsAvailable)
        {
            return;
        }

        ThrowIfTooLarge(key, value);
        if (!TryEstablish())
        {
            throw new InvalidOperationException("The session state cannot begin once the response has started: set a value before.");
        }

        NoteChange(key);
        _entries[key] = new Entry([.. value], 0);
    }

    public void Remove(string key)
    {
        Load();
        if (_entries.ContainsKey(key))
        {
            NoteChange(key);
            _entries.Remove(key);
        }
    }

    public void Clear()
    {
        Load();
        foreach (var key in _entries.Keys)
        {
            NoteChange(key);
        }

        _entries.Clear();
    }

    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        if (_isLoaded)
        {
            return;
        }

        _sessionId = requests.HttpContext?.SessionFeature().Session?.SessionId;
        if (!IsNew)
        {
            await BoundedAsync(async ct => Take(await cluster.LoadAsync(Key.DataKey, Use, ct)), "loading", cancellationToken);
        }
        else
        {
            _isAvailable = true;
        }

        _isLoaded = true;
    }

    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        if (await CommitAsync(onlyIfUnchanged: false, cancellationToken) is var status and not SessionDataStatus.Available)
        {
            throw new SessionStateRefusedException(status, Explain(status));
        }
    }

    /// <summary>Stores the changes, unless one of the changed keys was changed by another request meanwhile.</summary>
    /// <returns>False where it was: nothing is stored, and the next access loads the state again.</returns>
    public async Task<bool> TryCommitAsync(CancellationToken cancellationToken)
    {
        var status = await CommitAsync(onlyIfUnchanged: true, cancellationToken);
        return status is SessionDataStatus.Available or SessionDataStatus.Changed
            ? status == SessionDataStatus.Available
            : throw new SessionStateRefusedException(status, Explain(status));
    }

    /// <summary>Binds the state to a session: it ends with that session.</summary>
    public async Task BindAsync(SessionToken token, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (!TryEstablish())
        {
            throw new InvalidOperationException("The session state cannot be bound once the response has started.");
        }

        var status = await BindOnceAsync(token, cancellationToken);
        if (status == SessionDataStatus.Ended)
        {
            // Mostly the sign-in of this very request has ended the session before, and its state with it: the new one begins empty.
            Forget(status);
            await LoadAsync(cancellationToken);
            status = await BindOnceAsync(token, cancellationToken);
        }

        if (status != SessionDataStatus.Available)
        {
            throw new SessionStateRefusedException(status, Explain(status));
        }

        _sessionId = token.SessionId;
    }

    private async Task<SessionDataStatus> BindOnceAsync(SessionToken token, CancellationToken cancellationToken)
    {
        var binding = new SessionDataBinding(new SessionProof(token.SessionId, token.SecretHash), _generation) { IdleTimeout = IdleTimeout, DataId = DataId };
        var status = SessionDataStatus.Available;
        await BoundedAsync(async ct => status = await cluster.BindAsync(Key.DataKey, binding, ct), "binding", cancellationToken);
        return status;
    }

    private async Task<SessionDataStatus> CommitAsync(bool onlyIfUnchanged, CancellationToken cancellationToken)
    {
        if (_changed.Count == 0)
        {
            // A load is a use as well; only a request that has not asked for its state has not been noted yet.
            if (!_isLoaded && !IsNew)
            {
                cluster.Touch(Key.DataKey);
            }

            return SessionDataStatus.Available;
        }

        var commit = new SessionDataCommit
        {
            CommitId = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))),
            Generation = _generation,
            DataId = DataId,
            Use = Use,
            Changes = [.. _changed.Select(change => ToChange(change.Key, onlyIfUnchanged ? change.Value : null))],
            MaxTotalBytes = options.MaxTotalBytes,
        };
        var result = new SessionDataCommitResult(SessionDataStatus.Available);
        await BoundedAsync(async ct => result = await cluster.CommitAsync(Key.DataKey, commit, ct), "committing", cancellationToken);
        Settle(result);
        return result.Status;
    }

    private SessionDataChange ToChange(string key, long? expected)
    {
        var name = SessionStateSeal.NameOf(Key, key);
        return new SessionDataChange(
            name, _entries.TryGetValue(key, out var entry) ? SessionStateSeal.Seal(Key, name, key, entry.Value) : null, expected);
    }

    private void Settle(SessionDataCommitResult result)
    {
        if (result.Status != SessionDataStatus.Available)
        {
            Forget(result.Status);
            return;
        }

        foreach (var key in _changed.Keys.Where(_entries.ContainsKey))
        {
            _entries[key] = _entries[key] with { Version = result.Version };
        }

        _changed.Clear();
    }

    /// <summary>Forgets what was refused: it is not tried again at the end of the request, and what is read next is what is stored.</summary>
    private void Forget(SessionDataStatus status)
    {
        if (_changed.Count > 0)
        {
            LogRefused(logger, Key.DataKey, status);
        }

        _changed.Clear();
        _entries.Clear();
        _isLoaded = false;
    }

    private void NoteChange(string key) => _changed.TryAdd(key, _entries.TryGetValue(key, out var entry) ? entry.Version : 0);

    private void Load()
    {
        if (_isLoaded)
        {
            return;
        }

        if (!IsNew)
        {
            synchronousLoads.Note();
        }

        try
        {
            LoadAsync().GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            LogNotLoaded(logger, e, Key.DataKey);
            _entries.Clear();
            (_isAvailable, _isLoaded) = (false, true);
        }
    }

    private void Take(SessionDataContents contents)
    {
        _entries.Clear();
        _isAvailable = contents.Status == SessionDataStatus.Available;
        (_dataId, _generation) = (contents.DataId, contents.Generation);
        if (!_isAvailable)
        {
            LogOfOtherSession(logger, Key.DataKey);
        }

        foreach (var each in contents.Entries)
        {
            var (key, value) = SessionStateSeal.Open(Key, each.Name, each.Value);
            _entries[key] = new Entry(value, each.Version);
        }
    }

    private async Task BoundedAsync(Func<CancellationToken, Task> act, string what, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(IOTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            either.Token.ThrowIfCancellationRequested();
            await act(either.Token);
        }
        catch (OperationCanceledException e) when (bound.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"Timed out {what} the session state.", e, bound.Token);
        }
    }

    private void ThrowIfTooLarge(string key, byte[] value)
    {
        if (Encoding.UTF8.GetByteCount(key) > SessionStateSeal.MaxKeyBytes)
        {
            throw new ArgumentOutOfRangeException(nameof(key), $"The key is longer than {SessionStateSeal.MaxKeyBytes} bytes.");
        }

        if (value.Length > options.MaxValueBytes)
        {
            throw new SessionStateRefusedException(
                SessionDataStatus.TooLarge,
                $"The value takes {value.Length} bytes; one may take {options.MaxValueBytes}. Keep it elsewhere, or raise SessionStateOptions.MaxValueBytes.");
        }

        var total = SizeOf(key, value) + _entries.Where(entry => entry.Key != key).Sum(static entry => SizeOf(entry.Key, entry.Value.Value));
        if (total > options.MaxTotalBytes)
        {
            throw new SessionStateRefusedException(SessionDataStatus.TooLarge, $"{Explain(SessionDataStatus.TooLarge)} They would take {total}.");
        }
    }

    private static int SizeOf(string key, byte[] value) => SessionStateSeal.Overhead + Encoding.UTF8.GetByteCount(key) + value.Length;

    private string Explain(SessionDataStatus status) => status switch
    {
        SessionDataStatus.Ended => "The session state ended, with the session that it was bound to, while the request was under way: nothing was stored.",
        SessionDataStatus.OfOtherSession => "The session state is bound to another session than that of the request: nothing was stored.",
        SessionDataStatus.TooLarge => $"The entries of one browser may take {options.MaxTotalBytes} bytes together: store less, or raise SessionStateOptions.MaxTotalBytes.",
        SessionDataStatus.NoSession => "The session to bind to is not active, or the browser does not hold it any more.",
        _ => "The session state was not changed.",
    };

    private readonly record struct Entry(byte[] Value, long Version);
}
