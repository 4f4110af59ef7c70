namespace OrleansSessions.LeaseModel.Tests;

/// <summary>How far an activation has come in taking leases back. Validations and claims go on meanwhile.</summary>
internal enum TakeBackProgress
{
    None,

    /// <summary>The change is durable, and the window key is asked who else may have leases out.</summary>
    Looking,

    /// <summary>The key has answered while a claim of the activation's own was under way: what that one finds counts too.</summary>
    AwaitingClaim,

    AwaitingDrops,
}

/// <summary>What stands between a durable change and the answer to its caller.</summary>
/// <param name="Progress">How far it has come.</param>
/// <param name="Change">What was changed.</param>
/// <param name="Until">Until when other activations may have leases out, as far as was known once the key had been looked at.</param>
internal readonly record struct TakeBack(TakeBackProgress Progress, Change Change, int Until);
