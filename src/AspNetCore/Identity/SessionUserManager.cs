using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>
/// A user manager that has a user's sessions follow each change, at once: a new security stamp ends them, a new role or claim is in
/// their next request. An application with a user manager of its own derives it from this one.
/// </summary>
/// <remarks>
/// The change comes first, in the application's database. Where the cluster does not answer afterwards, a method throws
/// <see cref="SessionsUnavailableException"/> though the change stands. The sessions follow as soon as it answers, while this process lives.
/// </remarks>
public class SessionUserManager<TUser> : UserManager<TUser>
    where TUser : class
{
    private readonly IdentitySessions _sessions;
    private readonly TimeProvider _time;
    private Change? _change;

    /// <summary>Makes the manager, as <see cref="UserManager{TUser}"/> is made.</summary>
    [SuppressMessage("Design", "S107", Justification = "The base class has these parameters.")]
    public SessionUserManager(
        IUserStore<TUser> store,
        IOptions<IdentityOptions> optionsAccessor,
        IPasswordHasher<TUser> passwordHasher,
        IEnumerable<IUserValidator<TUser>> userValidators,
        IEnumerable<IPasswordValidator<TUser>> passwordValidators,
        ILookupNormalizer keyNormalizer,
        IdentityErrorDescriber errors,
        IServiceProvider services,
        ILogger<UserManager<TUser>> logger)
        : base(store, optionsAccessor, passwordHasher, userValidators, passwordValidators, keyNormalizer, errors, services, logger)
    {
        _sessions = services.GetRequiredService<IdentitySessions>();
        _time = services.GetRequiredService<TimeProvider>();
    }

    /// <inheritdoc/>
    public override Task<IdentityResult> UpdateSecurityStampAsync(TUser user) => StampingAsync(user, () => base.UpdateSecurityStampAsync(user));

    /// <inheritdoc/>
    public override Task<IdentityResult> SetUserNameAsync(TUser user, string? userName) =>
        StampingAsync(user, () => base.SetUserNameAsync(user, userName));

    /// <inheritdoc/>
    public override Task<bool> CheckPasswordAsync(TUser user, string password) => StampingAsync(user, () => base.CheckPasswordAsync(user, password));

    /// <inheritdoc/>
    public override Task<IdentityResult> AddPasswordAsync(TUser user, string password) =>
        StampingAsync(user, () => base.AddPasswordAsync(user, password));

    /// <inheritdoc/>
    public override Task<IdentityResult> ChangePasswordAsync(TUser user, string currentPassword, string newPassword) =>
        StampingAsync(user, () => base.ChangePasswordAsync(user, currentPassword, newPassword));

    /// <inheritdoc/>
    public override Task<IdentityResult> RemovePasswordAsync(TUser user) => StampingAsync(user, () => base.RemovePasswordAsync(user));

    /// <inheritdoc/>
    public override Task<IdentityResult> ResetPasswordAsync(TUser user, string token, string newPassword) =>
        StampingAsync(user, () => base.ResetPasswordAsync(user, token, newPassword));

    /// <inheritdoc/>
    public override Task<IdentityResult> RemoveLoginAsync(TUser user, string loginProvider, string providerKey) =>
        StampingAsync(user, () => base.RemoveLoginAsync(user, loginProvider, providerKey));

    /// <inheritdoc/>
    public override Task<IdentityResult> SetEmailAsync(TUser user, string? email) => StampingAsync(user, () => base.SetEmailAsync(user, email));

    /// <inheritdoc/>
    public override Task<IdentityResult> ChangeEmailAsync(TUser user, string newEmail, string token) =>
        StampingAsync(user, () => base.ChangeEmailAsync(user, newEmail, token));

    /// <inheritdoc/>
    public override Task<IdentityResult> SetPhoneNumberAsync(TUser user, string? phoneNumber) =>
        StampingAsync(user, () => base.SetPhoneNumberAsync(user, phoneNumber));

    /// <inheritdoc/>
    public override Task<IdentityResult> ChangePhoneNumberAsync(TUser user, string phoneNumber, string token) =>
        StampingAsync(user, () => base.ChangePhoneNumberAsync(user, phoneNumber, token));

    /// <inheritdoc/>
    public override Task<IdentityResult> SetTwoFactorEnabledAsync(TUser user, bool enabled) =>
        StampingAsync(user, () => base.SetTwoFactorEnabledAsync(user, enabled));

    /// <inheritdoc/>
    public override Task<IdentityResult> ResetAuthenticatorKeyAsync(TUser user) => StampingAsync(user, () => base.ResetAuthenticatorKeyAsync(user));

    /// <inheritdoc/>
    /// <remarks>Attempts by strangers touch no session: or else anyone could sign a user out.</remarks>
    public override Task<IdentityResult> AccessFailedAsync(TUser user) => QuietlyAsync(user, () => base.AccessFailedAsync(user));

    /// <inheritdoc/>
    public override Task<IdentityResult> ResetAccessFailedCountAsync(TUser user) => QuietlyAsync(user, () => base.ResetAccessFailedCountAsync(user));

    /// <inheritdoc/>
    public override Task<IdentityResult> SetAuthenticationTokenAsync(TUser user, string loginProvider, string tokenName, string? tokenValue) =>
        QuietlyAsync(user, () => base.SetAuthenticationTokenAsync(user, loginProvider, tokenName, tokenValue));

    /// <inheritdoc/>
    public override Task<IdentityResult> RedeemTwoFactorRecoveryCodeAsync(TUser user, string code) =>
        QuietlyAsync(user, () => base.RedeemTwoFactorRecoveryCodeAsync(user, code));

    /// <inheritdoc/>
    /// <remarks>An account that is locked from now on has no sessions.</remarks>
    public override async Task<IdentityResult> SetLockoutEndDateAsync(TUser user, DateTimeOffset? lockoutEnd)
    {
        var result = await QuietlyAsync(user, () => base.SetLockoutEndDateAsync(user, lockoutEnd));
        if (result.Succeeded && lockoutEnd > _time.GetUtcNow())
        {
            await _sessions.LockAsync(await GetUserIdAsync(user));
        }

        return result;
    }

    /// <inheritdoc/>
    public override async Task<IdentityResult> DeleteAsync(TUser user)
    {
        var subject = await GetUserIdAsync(user);
        var result = await base.DeleteAsync(user);
        if (result.Succeeded)
        {
            await _sessions.CloseAsync(subject);
        }

        return result;
    }

    /// <summary>Stores a change of a user, and then has the user's sessions follow.</summary>
    protected override async Task<IdentityResult> UpdateUserAsync(TUser user)
    {
        var result = await base.UpdateUserAsync(user);
        if (result.Succeeded)
        {
            await FollowAsync(user);
        }

        return result;
    }

    private async Task FollowAsync(TUser user)
    {
        var subject = await GetUserIdAsync(user);
        var stamp = await StampOfAsync(user);
        if (_change is { } change && change.Stamp != stamp && stamp is not null)
        {
            _change = change with { Stamp = stamp };
            await _sessions.FollowStampAsync(subject, stamp);
        }
        else if (_change is not { IsQuiet: true })
        {
            // Also where the application changed the stamp by its own hand: claims are made for the stamp of today only.
            await _sessions.RefreshClaimsAsync(subject);
        }
    }

    private Task<T> StampingAsync<T>(TUser user, Func<Task<T>> change) => ChangingAsync(user, isQuiet: false, change);

    private Task<T> QuietlyAsync<T>(TUser user, Func<Task<T>> change) => ChangingAsync(user, isQuiet: true, change);

    /// <summary>Makes a change whose methods may call each other: what counts is the stamp before the first of them.</summary>
    private async Task<T> ChangingAsync<T>(TUser user, bool isQuiet, Func<Task<T>> change)
    {
        var outer = _change;

        // A password may be checked for no user at all: the base method says what becomes of that.
        _change = outer ?? new Change(user is null ? null : await StampOfAsync(user), isQuiet);
        try
        {
            return await change();
        }
        finally
        {
            _change = outer;
        }
    }

    private async Task<string?> StampOfAsync(TUser user) =>
        Store is IUserSecurityStampStore<TUser> stamps ? await stamps.GetSecurityStampAsync(user, CancellationToken) : null;

    /// <summary>A change under way.</summary>
    /// <param name="Stamp">The stamp before it.</param>
    /// <param name="IsQuiet">Whether it changes no claim.</param>
    private sealed record Change(string? Stamp, bool IsQuiet)
    {
        // The stamp is a secret.
        public override string ToString() => nameof(Change);
    }
}
