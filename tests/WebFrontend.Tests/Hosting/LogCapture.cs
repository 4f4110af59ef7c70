using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>What a front end writes to its log at its default levels.</summary>
internal sealed class LogCapture
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyCollection<LogLine> Lines => _lines;

    public void Listen(ILoggingBuilder logging) => logging.AddProvider(new Provider(_lines));

    private sealed class Provider(ConcurrentQueue<LogLine> lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Logger(categoryName, lines);

        public void Dispose()
        {
        }
    }

    private sealed class Logger(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new LogLine(category, logLevel, eventId, formatter(state, exception), exception));
    }
}

/// <summary>One line of a log.</summary>
internal sealed record LogLine(string Category, LogLevel Level, EventId Event, string Message, Exception? Exception);
