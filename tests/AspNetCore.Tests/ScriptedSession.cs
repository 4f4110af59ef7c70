using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>A session grain that does what the test says.</summary>
internal sealed class ScriptedSession : ISessionGrain
{
    public Func<ValidationRequest, Task<ValidationResult>> OnValidate { get; init; } = static _ => throw new NotSupportedException();

    public Func<RotationRequest, Task<RotationResult>> OnRotate { get; init; } = static _ => throw new NotSupportedException();

    public Func<UseReport, Task> OnNoteUse { get; init; } = static _ => throw new NotSupportedException();

    public ValueTask<ValidationResult> ValidateAsync(ValidationRequest request, CancellationToken cancellationToken = default) =>
        new(OnValidate(request));

    public Task<SignInResult> SignInAsync(SignInRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<RotationResult> RotateAsync(RotationRequest request, CancellationToken cancellationToken = default) => OnRotate(request);

    public Task<RevocationResult> RevokeAsync(RevocationRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<ValidationResult> RenewClaimsAsync(ClaimsRenewal renewal, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task NoteUseAsync(UseReport report) => OnNoteUse(report);

    public Task AbandonAsync(Abandonment abandonment, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
