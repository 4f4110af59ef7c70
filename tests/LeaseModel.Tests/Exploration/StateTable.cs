namespace OrleansSessions.LeaseModel.Tests;

/// <summary>The states found so far, in the order of their discovery, each with the one that it was reached from.</summary>
/// <remarks>Open addressing over plain arrays: 36 bytes a state, where a dictionary takes twice that.</remarks>
internal sealed class StateTable
{
    private PackedState[] _states = new PackedState[1 << 16];
    private int[] _parents = new int[1 << 16];
    private int[] _slots = new int[1 << 17];

    public int Count { get; private set; }

    public PackedState this[int index] => _states[index];

    public int Parent(int index) => _parents[index];

    public void Add(PackedState state, int parent)
    {
        if (Count == _states.Length)
        {
            Grow();
        }

        // A slot holds an index plus one, so that zero means empty.
        ref var slot = ref Find(state);
        if (slot == 0)
        {
            _states[Count] = state;
            _parents[Count] = parent;
            slot = ++Count;
        }
    }

    private ref int Find(PackedState state)
    {
        var mask = _slots.Length - 1;
        var at = Hash(state) & mask;
        while (_slots[at] != 0 && _states[_slots[at] - 1] != state)
        {
            at = (at + 1) & mask;
        }

        return ref _slots[at];
    }

    private void Grow()
    {
        Array.Resize(ref _states, _states.Length * 2);
        Array.Resize(ref _parents, _parents.Length * 2);
        _slots = new int[_slots.Length * 2];
        for (var i = 0; i < Count; i++)
        {
            Find(_states[i]) = i + 1;
        }
    }

    private static int Hash(PackedState state)
    {
        var mixed = Mix(Mix(state.First * 0x9E3779B97F4A7C15) ^ (state.Second * 0xC2B2AE3D27D4EB4F)) ^ (state.Rest * 0x165667B19E3779F9);
        mixed ^= mixed >> 32;
        return (int)((mixed * 0xD6E8FEB86659FD93) >> 33);
    }

    private static ulong Mix(ulong word) => (word ^ (word >> 32)) * 0xD6E8FEB86659FD93;
}
