using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansSessions.Accounts;

/// <summary>A local account, as it is stored. Names and numbers are part of the stored form.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.AccountRecord")]
internal sealed record AccountRecord
{
    public const int CurrentVersion = 1;

    private const int MaxDevices = 10;

    [Id(0), JsonPropertyName("v")] public int Version { get; init; } = CurrentVersion;

    [Id(1), JsonPropertyName("name")] public string UserName { get; init; } = "";

    [Id(2), JsonPropertyName("sub")] public string Subject { get; init; } = "";

    [Id(3), JsonPropertyName("password")] public string PasswordHash { get; init; } = "";

    [Id(4), JsonPropertyName("stamp")] public string SecurityStamp { get; init; } = "";

    /// <summary>Attempts from anywhere but the known devices.</summary>
    [Id(5), JsonPropertyName("attempts")] public AttemptCounter Strangers { get; init; } = AttemptCounter.None;

    /// <summary>Attempts from devices on which the user signed in before, the latest last; keyed by a hash of the device's ID.</summary>
    [Id(6), JsonPropertyName("devices")] public ImmutableArray<KnownDevice> Devices { get; init; } = [];

    /// <summary>A change of the password whose other sessions are yet to be ended.</summary>
    [Id(7), JsonPropertyName("pending")] public PendingRevocation? Pending { get; init; }

    /// <summary>The ID of the request that opened the account: it may come again.</summary>
    [Id(8), JsonPropertyName("request")] public string? RequestId { get; init; }

    public bool Knows(string? device) => Devices.Any(known => known.Device == device);

    public AttemptCounter CounterOf(string? device) =>
        Devices.FirstOrDefault(known => known.Device == device)?.Attempts ?? Strangers;

    /// <summary>The record with the counter of a known device, or else that of all strangers, replaced.</summary>
    public AccountRecord WithCounter(string? device, AttemptCounter counter) => Knows(device)
        ? WithDevice(device!, counter)
        : this with { Strangers = counter };

    /// <summary>The record with a device known, as the latest; the one longest unused makes room.</summary>
    public AccountRecord WithDevice(string device, AttemptCounter counter)
    {
        var others = Devices.RemoveAll(known => known.Device == device);
        var kept = others.Length < MaxDevices ? others : others.RemoveAt(0);
        return this with { Devices = kept.Add(new KnownDevice(device, counter)) };
    }

    /// <summary>The name: a record holds hashes.</summary>
    public override string ToString() => UserName;
}

/// <summary>A device on which the user signed in before.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.KnownDevice")]
internal sealed record KnownDevice(
    [property: Id(0), JsonPropertyName("device")] string Device,
    [property: Id(1), JsonPropertyName("attempts")] AttemptCounter Attempts);

/// <summary>What remains to be done after a change of the password.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.PendingRevocation")]
internal sealed record PendingRevocation([property: Id(0), JsonPropertyName("except")] string? Except);
