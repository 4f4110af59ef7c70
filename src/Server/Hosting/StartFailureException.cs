using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace OrleansSessions.Server;

/// <summary>A silo cannot start as it is configured. The message says what to change.</summary>
public sealed class StartFailureException : Exception
{
    /// <summary>Makes the exception with what to change.</summary>
    public StartFailureException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with what caused it.</summary>
    public StartFailureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Says in one line why a start failed.</summary>
    /// <returns>Null where it is not a fault of the configuration: such a failure deserves its stack trace.</returns>
    public static string? Explain(Exception failure) => failure switch
    {
        StartFailureException own => own.Message,
        OptionsValidationException options => string.Join(' ', options.Failures),
        InvalidOperationException { InnerException: FormatException } binding => OneLine(binding.Message),
        IOException { InnerException: AddressInUseException } inUse => OneLine(inUse.Message),
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        _ => null,
    };

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
