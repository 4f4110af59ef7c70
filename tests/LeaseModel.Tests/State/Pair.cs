namespace OrleansSessions.LeaseModel.Tests;

/// <summary>Two of a kind: silos, or front ends.</summary>
internal readonly record struct Pair<T>(T First, T Second)
    where T : struct
{
    public Pair<T> Swapped => new(Second, First);

    public T this[int index] => index == 0 ? First : Second;

    public Pair<T> With(int index, T value) => index == 0 ? new(value, Second) : new(First, value);

    public Pair<T> Select(Func<T, T> change) => new(change(First), change(Second));

    public bool All(Func<T, bool> condition) => condition(First) && condition(Second);
}
