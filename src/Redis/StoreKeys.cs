using StackExchange.Redis;

namespace OrleansSessions.Redis;

/// <summary>The keys in Redis. Stored sessions are found by them: never change one.</summary>
internal static class StoreKeys
{
    /// <summary>The record of a grain. Every grain has one, so its state's name is not part of the key.</summary>
    public static RedisKey Record(string serviceId, GrainId grain) => $"{serviceId}/state/{grain}";

    /// <summary>The ownership window of a session.</summary>
    public static RedisKey Window(string serviceId, GrainId session) => $"{serviceId}/window/{session.Key}";

    /// <summary>The latest use of a session that its grain may not know of.</summary>
    public static RedisKey Use(string serviceId, GrainId session) => $"{serviceId}/use/{session.Key}";

    /// <summary>The mark by which a store is known again: a store that was emptied has it no more.</summary>
    public static RedisKey Epoch(string serviceId) => $"{serviceId}/epoch";

    /// <summary>The mark at one primary of several.</summary>
    public static RedisKey Epoch(string serviceId, int number) => $"{serviceId}/epoch/{number}";

    /// <summary>The keys of Data Protection of all front ends.</summary>
    public static RedisKey DataProtection(string serviceId) => $"{serviceId}/data-protection-keys";
}
