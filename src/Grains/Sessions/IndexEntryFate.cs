namespace OrleansSessions.Grains;

/// <summary>What becomes of a session's entry in its user's index.</summary>
[GenerateSerializer, Alias("OrleansSessions.IndexEntryFate")]
internal enum IndexEntryFate
{
    /// <summary>It stays: the session is active.</summary>
    Stays = 0,

    /// <summary>It stays for a while: the session has ended, and some front end may still accept it.</summary>
    Ending = 1,

    /// <summary>It may go: the session has ended, or can never start, and no front end accepts it any more.</summary>
    MayGo = 2,
}
