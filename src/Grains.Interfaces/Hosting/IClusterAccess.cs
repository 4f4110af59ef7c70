namespace OrleansSessions;

/// <summary>This process's way to the grains, where it opens after the start of the process and closes before its end.</summary>
internal interface IClusterAccess
{
    /// <summary>Completes once grains can be called.</summary>
    Task Established { get; }

    /// <summary>Whether the process is about to stop: no further requests should be sent to it.</summary>
    bool IsClosing { get; }
}
