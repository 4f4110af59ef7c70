namespace OrleansSessions.Grains;

/// <summary>What became of a write for whose outcome no answer waits.</summary>
internal enum WriteOutcome
{
    /// <summary>It is stored.</summary>
    Written,

    /// <summary>Another record is stored by now, and stays.</summary>
    Refused,

    /// <summary>The store did not answer: the write may have landed, or land yet.</summary>
    Unknown,
}
