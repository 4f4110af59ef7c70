using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OrleansSessions.Accounts;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>How a registration went.</summary>
internal enum RegistrationVerdict
{
    /// <summary>The account is open.</summary>
    Registered,

    /// <summary>The name or the password does not do.</summary>
    Invalid,

    /// <summary>The name belongs to someone.</summary>
    NameTaken,

    /// <summary>Too many registrations from this source.</summary>
    Throttled,

    /// <summary>Accounts are not opened here.</summary>
    Disabled,
}

/// <summary>The outcome of a registration.</summary>
/// <param name="Verdict">How it went.</param>
/// <param name="UserName">The name as it was taken down.</param>
/// <param name="NameFault">What is wrong with the name, where invalid.</param>
/// <param name="PasswordFault">What is wrong with the password, where invalid.</param>
/// <param name="RetryAfter">How long to wait, where throttled.</param>
internal sealed record RegistrationOutcome(
    RegistrationVerdict Verdict, string UserName = "", string? NameFault = null, string? PasswordFault = null, TimeSpan RetryAfter = default);

/// <summary>Opens accounts.</summary>
internal sealed partial class RegistrationService(
    ClusterCaller cluster,
    PasswordHashing hashing,
    PasswordRules rules,
    Throttles throttles,
    IOptions<WebOptions> options,
    ILogger<RegistrationService> logger)
{
    // 16 bytes in base64url, without padding.
    private const int RequestIdLength = 22;

    /// <summary>Makes the ID of a request to open an account, which may come more than once.</summary>
    public static string NewRequestId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Whether anyone may open an account.</summary>
    public bool IsEnabled => options.Value.RegistrationEnabled;

    /// <summary>Opens an account.</summary>
    /// <exception cref="SessionsUnavailableException">Whether it was opened is not known.</exception>
    public async Task<RegistrationOutcome> RegisterAsync(
        string? userName, string? password, IPAddress? address, string? requestId, CancellationToken cancellationToken)
    {
        if (!IsEnabled)
        {
            return new RegistrationOutcome(RegistrationVerdict.Disabled);
        }

        var place = await throttles.Registrations.ReserveAsync(SignInSource.Of(address), cancellationToken);
        if (place.RetryAfter is { } wait)
        {
            return new RegistrationOutcome(RegistrationVerdict.Throttled, RetryAfter: wait);
        }

        if (!AccountName.TryParse(userName, out var name, out var nameFault))
        {
            await place.SettleAsync(giveBack: true);
            return new RegistrationOutcome(RegistrationVerdict.Invalid, NameFault: nameFault);
        }

        var text = PasswordText.Of(password);
        if (await hashing.InLineAsync(() => rules.Fault(text, name), cancellationToken) is { } fault)
        {
            await place.SettleAsync(giveBack: true);
            return new RegistrationOutcome(RegistrationVerdict.Invalid, PasswordFault: fault);
        }

        await place.SettleAsync(giveBack: false);
        return new RegistrationOutcome(await OpenAsync(name, text, requestId, cancellationToken), name.Display);
    }

    private async Task<RegistrationVerdict> OpenAsync(
        AccountName name, PasswordText password, string? requestId, CancellationToken cancellationToken)
    {
        // Asked again, after an answer that was lost or a second click, the account knows the request that opened it.
        var registration = new AccountRegistration(
            name.Display,
            await hashing.HashAsync(password, cancellationToken),
            requestId is { Length: RequestIdLength } ? requestId : NewRequestId());
        var opened = await cluster.CallAsync(
            (grains, ct) => grains.GetAccount(name.Key).RegisterAsync(registration, ct), cancellationToken);
        if (!opened)
        {
            return RegistrationVerdict.NameTaken;
        }

        LogRegistered(logger, name.Key);
        return RegistrationVerdict.Registered;
    }

    [LoggerMessage(EventId = 420, EventName = "Registered", Level = LogLevel.Information, Message = "The account {Account} was opened.")]
    private static partial void LogRegistered(ILogger logger, string account);
}
