namespace OrleansSessions.LeaseModel.Tests;

/// <summary>What a read of the record may be answered with: what is stored, and nothing else unless a replica may answer.</summary>
internal static class ReadSteps
{
    private static readonly SessionRecord[][] Stored = [.. Enum.GetValues<SessionRecord>().Select(record => new[] { record })];

    private static readonly SessionRecord[][] StoredOrFirst =
        [.. Enum.GetValues<SessionRecord>().Select(record => new[] { record, SessionRecord.ActiveWithFirst })];

    /// <summary>The records that a read may show. A replica that lags behind has the first one of all.</summary>
    public static SessionRecord[] Answers(in ModelState state, bool replicaAnswers) =>
        (replicaAnswers ? StoredOrFirst : Stored)[(int)state.Record];
}
