namespace OrleansSessions.LeaseModel.Tests;

/// <summary>Everything at one moment: a session's record and window key, two silos, one or two front ends, and the calls between them.</summary>
internal readonly record struct ModelState
{
    public static ModelState Initial { get; } = new() { Record = SessionRecord.ActiveWithFirst };

    public int Now { get; init; }

    public SessionRecord Record { get; init; }

    public WindowKey Key { get; init; }

    /// <summary>Whether a claim is on its way whose activation is no more. One at a time is enough: all of them write the same.</summary>
    public bool StrayClaim { get; init; }

    public StrayWrites StrayWrites { get; init; }

    public Pair<Activation> Activations { get; init; }

    public Pair<FrontEnd> FrontEnds { get; init; }

    /// <summary>Whether a rotation has returned to its caller.</summary>
    public bool Rotated { get; init; }

    /// <summary>Whether a revocation has returned to its caller.</summary>
    public bool Revoked { get; init; }

    /// <summary>Whether a validation of the secret that starts from now on must not be answered active.</summary>
    public bool MustRefuse(Secret secret) => Revoked || (Rotated && secret == Secret.First);

    public ModelState With(int silo, in Activation activation) => this with { Activations = Activations.With(silo, activation) };

    public ModelState With(int frontEnd, in FrontEnd value) => this with { FrontEnds = FrontEnds.With(frontEnd, value) };

    /// <summary>The state once a silo's activation is no more, in whatever way.</summary>
    public ModelState Without(int silo) => With(silo, default(Activation)) with { Key = Key.Orphaned(silo) };

    /// <summary>The state once a silo's activation goes under another name.</summary>
    public ModelState Renamed(int silo) => this with { Key = Key.Orphaned(silo) };

    /// <summary>The state once a write has landed: every other write on its way expects an etag that is no more.</summary>
    public ModelState Stored(SessionRecord record) => this with
    {
        Record = record,
        StrayWrites = StrayWrites.None,
        Activations = Activations.Select(activation => activation.Outdated),
    };

    /// <summary>The state once a change has returned to its caller.</summary>
    public ModelState Returned(Change change) => change == Change.Rotation ? this with { Rotated = true } : this with { Revoked = true };

    /// <summary>The state a tick later. Whatever has ended is forgotten, so that states which differ in nothing else are one.</summary>
    public ModelState Tick()
    {
        var now = Now + 1;
        return this with
        {
            Now = now,
            Key = Key.At(now),
            Activations = Activations.Select(activation => activation.At(now)),
            FrontEnds = FrontEnds.Select(frontEnd => frontEnd.At(now)),
        };
    }
}
