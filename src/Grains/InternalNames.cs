namespace OrleansSessions.Grains;

/// <summary>The names of the interfaces by which grains call each other. They are part of every such call: never change one.</summary>
internal static class InternalNames
{
    /// <summary>The type of <see cref="IIndexedSession"/>.</summary>
    public const string IndexedSession = "OrleansSessions.IIndexedSession";

    /// <summary>The type of <see cref="ISessionIndex"/>.</summary>
    public const string SessionIndex = "OrleansSessions.ISessionIndex";

    /// <summary>The type of <see cref="IBoundData"/>.</summary>
    public const string BoundData = "OrleansSessions.IBoundData";

    /// <summary>The type of <see cref="IDataOwner"/>.</summary>
    public const string DataOwner = "OrleansSessions.IDataOwner";
}
