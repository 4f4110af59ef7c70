namespace OrleansSessions.LeaseModel.Tests;

/// <summary>Everything at one moment: a session's record, two silos, one or two front ends, and the calls between them.</summary>
internal readonly record struct ModelState
{
    /// <summary>The value of <see cref="RevokedAt"/> before any revocation has returned.</summary>
    public const int NotRevoked = -1;

    public static ModelState Initial { get; } = new() { Record = new(Etag: 1, Active: true, OwnedUntil: 0), RevokedAt = NotRevoked };

    public int Now { get; init; }

    public SessionRecord Record { get; init; }

    public Pair<Activation> Activations { get; init; }

    public Pair<FrontEnd> FrontEnds { get; init; }

    /// <summary>When the first revocation returned to its caller: from then on the session must not be accepted.</summary>
    public int RevokedAt { get; init; }

    public bool Revoked => RevokedAt != NotRevoked;

    public ModelState With(int silo, in Activation activation) => this with { Activations = Activations.With(silo, activation) };

    public ModelState With(int frontEnd, in FrontEnd value) => this with { FrontEnds = FrontEnds.With(frontEnd, value) };
}
