namespace OrleansSessions.LeaseModel.Tests;

/// <summary>Whom the window key speaks for.</summary>
/// <remarks>An activation is an owner by a random identity of its own, which whoever comes after it on its silo does not have.</remarks>
internal enum KeyOwner
{
    None,
    Silo0,
    Silo1,

    /// <summary>An activation that is no more, or goes under another name, on whichever silo.</summary>
    Gone,
}

/// <summary>The key that the store keeps beside the record, and forgets in time: who may have leases out, and until when.</summary>
internal readonly record struct WindowKey(KeyOwner Owner, int Until)
{
    public static KeyOwner OwnerOn(int silo) => silo == 0 ? KeyOwner.Silo0 : KeyOwner.Silo1;

    public bool IsOwnedBy(int silo) => Owner == OwnerOn(silo);

    /// <summary>Until when others than this silo's activation may have leases out, as far as the key tells; zero for nobody.</summary>
    public int OthersUntil(int silo) => IsOwnedBy(silo) ? 0 : Until;

    /// <summary>The key in a state where the silos have each other's names.</summary>
    public WindowKey OnOtherSilo => Owner switch
    {
        KeyOwner.Silo0 => this with { Owner = KeyOwner.Silo1 },
        KeyOwner.Silo1 => this with { Owner = KeyOwner.Silo0 },
        _ => this,
    };

    /// <summary>The key once this silo's activation is no more, or has another name: its time goes on, for nobody that is left.</summary>
    public WindowKey Orphaned(int silo) => IsOwnedBy(silo) ? this with { Owner = KeyOwner.Gone } : this;

    /// <summary>The key as the store has it at a time: absent once its own time is over.</summary>
    public WindowKey At(int now) => Until > now ? this : default;
}
