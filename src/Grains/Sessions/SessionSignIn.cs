namespace OrleansSessions.Grains;

/// <summary>Starts a session: enters it in its user's index and stores it, or finds what an earlier attempt has started.</summary>
internal sealed class SessionSignIn(SessionState state, IGrainFactory grains, string sessionId, LoginSessionOptions options)
{
    /// <summary>Starts the session. Its caller holds the gate.</summary>
    /// <returns>Whether it was admitted; where it was not, the caller ends what this sign-in has stored.</returns>
    public async Task<(SignInStatus Status, bool IsNew)> StartAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        state.ThrowIfDamaged();
        if (!state.Record.IsUnused && !IsStartedBy(request))
        {
            return (SignInStatus.AlreadyUsed, false);
        }

        // Side by side: no answer goes out before both stand. A record whose session is in no index has a token that nobody has.
        var isRepeated = !state.Record.IsUnused;
        var record = isRepeated
            ? state.Record
            : SessionRecord.Start(request, options.TimeoutsFor(request.RememberMe), areClaimsOutdated: false, state.Now);
        var registering = RegisterAsync(request, record, cancellationToken);
        var isNew = !isRepeated && await CreateAsync(record, registering);
        var admission = await registering;
        if (!isNew && !isRepeated && !await IsFoundAsync(request))
        {
            return (SignInStatus.AlreadyUsed, false);
        }

        if (admission is { Status: SignInStatus.SignedIn, AreClaimsOutdated: true } && !state.Record.AreClaimsOutdated)
        {
            await state.WriteAsync(state.Record.OutdateClaims());
        }

        return (admission.Status, isNew);
    }

    /// <summary>Whether the session is the one that this sign-in started before, and whose answer was lost.</summary>
    public bool IsStartedBy(SignInRequest request) =>
        state.Record.IsActive && state.Record.IsSecret(request.SecretHash) && state.Record.Subject == request.Subject;

    private Task<Admission> RegisterAsync(SignInRequest request, SessionRecord record, CancellationToken cancellationToken) =>
        grains.GetSessionIndex(request.Subject).RegisterAsync(
            new SessionRegistration
            {
                SessionId = sessionId,
                CreatedAt = record.CreatedAt,
                ExpiresAt = record.ExpiresAt,
                SecurityStamp = request.SecurityStamp,
                Replaces = request.Replaces,
            },
            cancellationToken);

    private async Task<bool> CreateAsync(SessionRecord record, Task registering)
    {
        try
        {
            return await state.TryCreateAsync(record);
        }
        catch
        {
            // The caller hears of the store; what became of the entry makes no difference to it.
            registering.Ignore();
            throw;
        }
    }

    /// <summary>Whether the ID turns out to be in use by this very sign-in. If not, its entry leaves the index again.</summary>
    private async Task<bool> IsFoundAsync(SignInRequest request)
    {
        await state.RefreshAsync();
        if (state.Record.Subject != request.Subject)
        {
            await grains.GetSessionIndex(request.Subject).ForgetAsync(sessionId);
        }

        return IsStartedBy(request);
    }
}
