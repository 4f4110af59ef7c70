namespace OrleansSessions.Grains;

/// <summary>A record whose stored form has a version.</summary>
internal interface IVersionedRecord
{
    /// <summary>The stored form; zero in a record that this code never wrote.</summary>
    int Version { get; }

    /// <summary>Whether what is stored makes sense, as far as this code can tell.</summary>
    bool IsSound { get; }
}
