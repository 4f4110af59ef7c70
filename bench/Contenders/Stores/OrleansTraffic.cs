using System.Diagnostics.Metrics;

namespace OrleansSessions.Contenders;

/// <summary>Counts what this front end sends to the silos, by Orleans' own meter.</summary>
internal sealed class OrleansTraffic : IDisposable
{
    private const string SentBytes = "orleans-messaging-sent-messages-size";

    private readonly MeterListener _listener = new();
    private long _messages;
    private long _bytes;

    public OrleansTraffic()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == SentBytes)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, bytes, _, _) => Count(bytes));
        _listener.SetMeasurementEventCallback<long>((_, bytes, _, _) => Count(bytes));
        _listener.Start();
    }

    public long Messages => Interlocked.Read(ref _messages);

    public long Bytes => Interlocked.Read(ref _bytes);

    public void Dispose() => _listener.Dispose();

    private void Count(long bytes)
    {
        Interlocked.Increment(ref _messages);
        Interlocked.Add(ref _bytes, bytes);
    }
}
