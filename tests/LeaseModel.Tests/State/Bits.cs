using System.Diagnostics;

namespace OrleansSessions.LeaseModel.Tests;

/// <summary>Fills a word from its low end.</summary>
internal struct BitWriter
{
    private int _used;

    public ulong Word { get; private set; }

    public void Add(int value, int bits)
    {
        Debug.Assert(value >= 0 && value < 1 << bits && _used + bits <= 64, "The value does not fit its field.");
        Word |= (ulong)(uint)value << _used;
        _used += bits;
    }

    public void Add(bool flag) => Add(flag ? 1 : 0, 1);
}

/// <summary>Reads what a <see cref="BitWriter"/> has written, in the same order.</summary>
internal struct BitReader(ulong word)
{
    private ulong _word = word;

    public int Take(int bits)
    {
        var value = (int)(_word & ((1ul << bits) - 1));
        _word >>= bits;
        return value;
    }

    public bool TakeFlag() => Take(1) == 1;
}
