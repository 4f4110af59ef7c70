using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace OrleansSessions.WebFrontend;

/// <summary>What to change when a front end cannot start as it is configured.</summary>
internal static class StartFailure
{
    /// <summary>Says in one line why a start failed.</summary>
    /// <returns>Null where it is not a fault of the configuration: such a failure deserves its stack trace.</returns>
    public static string? Explain(Exception failure) => failure switch
    {
        OptionsValidationException options => string.Join(' ', options.Failures),
        InvalidOperationException { InnerException: FormatException } binding => binding.Message,
        IOException { InnerException: AddressInUseException } inUse => $"{inUse.Message} Choose another with --urls.",
        _ => null,
    };
}
