using System.Net;
using Microsoft.Extensions.Options;
using OrleansSessions.AspNetCore;
using OrleansSessions.Grains.Interfaces;

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
/// <param name="NameFault">What is wrong with the name, where invalid.</param>
/// <param name="PasswordFault">What is wrong with the password, where invalid.</param>
/// <param name="RetryAfter">How long to wait, where throttled.</param>
internal sealed record RegistrationOutcome(
    RegistrationVerdict Verdict, string? NameFault = null, string? PasswordFault = null, TimeSpan RetryAfter = default);

/// <summary>Opens accounts.</summary>
internal sealed partial class RegistrationService(
    ClusterCaller cluster,
    PasswordHashing hashing,
    PasswordRules rules,
    Throttles throttles,
    IOptions<WebOptions> options,
    ILogger<RegistrationService> logger)
{
    private const string NameRule = "Choose a user name of 2 to 64 letters, digits and . _ - @ + signs.";

    /// <summary>Whether anyone may open an account.</summary>
    public bool IsEnabled => options.Value.RegistrationEnabled;

    /// <summary>Opens an account.</summary>
    /// <exception cref="SessionsUnavailableException">Whether it was opened is not known.</exception>
    public async Task<RegistrationOutcome> RegisterAsync(
        string? userName, string? password, IPAddress? address, CancellationToken cancellationToken)
    {
        if (!IsEnabled)
        {
            return new RegistrationOutcome(RegistrationVerdict.Disabled);
        }

        var place = throttles.Registrations.Reserve(SignInSource.Of(address));
        if (place.RetryAfter is { } wait)
        {
            return new RegistrationOutcome(RegistrationVerdict.Throttled, RetryAfter: wait);
        }

        if (!AccountName.TryParse(userName, out var name))
        {
            place.GiveBack();
            return new RegistrationOutcome(RegistrationVerdict.Invalid, NameFault: NameRule);
        }

        if (await hashing.InLineAsync(() => rules.Fault(password ?? "", name), cancellationToken) is { } fault)
        {
            place.GiveBack();
            return new RegistrationOutcome(RegistrationVerdict.Invalid, PasswordFault: fault);
        }

        return new RegistrationOutcome(await OpenAsync(name, password!, cancellationToken));
    }

    private async Task<RegistrationVerdict> OpenAsync(AccountName name, string password, CancellationToken cancellationToken)
    {
        var registration = new AccountRegistration(name.Display, await hashing.HashAsync(password, cancellationToken));
        // Once: the second of two calls would find the name taken by the first.
        var opened = await cluster.CallOnceAsync(
            (grains, ct) => grains.GetAccount(name.Key).RegisterAsync(registration, ct), cancellationToken);
        if (!opened)
        {
            return RegistrationVerdict.NameTaken;
        }

        LogRegistered(logger, name.Key);
        return RegistrationVerdict.Registered;
    }

    [LoggerMessage(EventId = 120, EventName = "Registered", Level = LogLevel.Information, Message = "The account {Account} was opened.")]
    private static partial void LogRegistered(ILogger logger, string account);
}
