namespace OrleansSessions.LeaseModel.Tests;

/// <summary>The states found so far, in the order of their discovery, each with the one that it was reached from.</summary>
/// <remarks>
/// Open addressing over plain arrays: 44 bytes a state, where a dictionary takes half as much again. Nearly all the time goes
/// into waiting for memory, so states are added many at a time, whose waits then overlap.
/// </remarks>
internal sealed class StateTable
{
    private PackedState[] _states = new PackedState[1 << 16];
    private int[] _parents = new int[1 << 16];
    private ulong[] _slots = new ulong[1 << 17];
    private ulong[] _hashes = new ulong[64];
    private ulong _touched;

    public int Count { get; private set; }

    public PackedState this[int index] => _states[index];

    public int Parent(int index) => _parents[index];

    public void Add(ReadOnlySpan<PackedState> states, int parent)
    {
        Touch(states);
        for (var i = 0; i < states.Length; i++)
        {
            Add(states[i], _hashes[i], parent);
        }
    }

    // Reads which do not depend on each other are under way together. The field keeps them from being left out.
    private void Touch(ReadOnlySpan<PackedState> states)
    {
        if (states.Length > _hashes.Length)
        {
            _hashes = new ulong[states.Length * 2];
        }

        var touched = 0ul;
        for (var i = 0; i < states.Length; i++)
        {
            _hashes[i] = Hash(states[i]);
            touched ^= _slots[First(_hashes[i])];
        }

        _touched = touched;
    }

    private void Add(PackedState state, ulong hash, int parent)
    {
        if (Count == _states.Length)
        {
            Grow();
        }

        ref var slot = ref Find(state, hash);
        if (slot == 0)
        {
            _states[Count] = state;
            _parents[Count] = parent;
            slot = Slot(hash, Count++);
        }
    }

    private ref ulong Find(PackedState state, ulong hash)
    {
        var at = First(hash);
        while (_slots[at] is var slot && slot != 0 && !(IsAlike(slot, hash) && _states[Index(slot)] == state))
        {
            at = (at + 1) & (_slots.Length - 1);
        }

        return ref _slots[at];
    }

    private void Grow()
    {
        Array.Resize(ref _states, _states.Length * 2);
        Array.Resize(ref _parents, _parents.Length * 2);
        _slots = new ulong[_slots.Length * 2];
        for (var i = 0; i < Count; i++)
        {
            var hash = Hash(_states[i]);
            Find(_states[i], hash) = Slot(hash, i);
        }
    }

    // A slot holds an index plus one, so that zero means empty, and the half of the hash that does not choose the slot:
    // other states are told apart without a look at them.
    private static ulong Slot(ulong hash, int index) => (hash & 0xFFFF_FFFF_0000_0000) | (uint)(index + 1);

    private static int Index(ulong slot) => (int)(uint)slot - 1;

    private static bool IsAlike(ulong slot, ulong hash) => (slot ^ hash) >> 32 == 0;

    private int First(ulong hash) => (int)((uint)hash & (uint)(_slots.Length - 1));

    private static ulong Hash(PackedState state)
    {
        var mixed = Mix(Mix(state.First * 0x9E3779B97F4A7C15) ^ (state.Second * 0xC2B2AE3D27D4EB4F)) ^ (state.Rest * 0x165667B19E3779F9);
        return Mix(mixed ^ (mixed >> 29));
    }

    private static ulong Mix(ulong word)
    {
        var mixed = (word ^ (word >> 32)) * 0xD6E8FEB86659FD93;
        return mixed ^ (mixed >> 32);
    }
}
