namespace OrleansSessions.AspNetCore.Tests;

/// <summary>A session grain that does what the test says.</summary>
internal sealed class ScriptedSession : ISessionGrain
{
    public Func<ValidationRequest, Task<SessionValidationResult>> OnValidate { get; init; } = static _ => throw new NotSupportedException();

    public Func<RotationRequest, Task<RotationResult>> OnRotate { get; init; } = static _ => throw new NotSupportedException();

    public ValueTask<SessionValidationResult> ValidateAsync(ValidationRequest request, CancellationToken cancellationToken = default) =>
        new(OnValidate(request));

    public Task<SessionSignInResult> SignInAsync(SignInRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<RotationResult> RotateAsync(RotationRequest request, CancellationToken cancellationToken = default) => OnRotate(request);

    public Task<RevocationResult> RevokeAsync(RevocationRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<SessionValidationResult> RenewClaimsAsync(ClaimsRenewal renewal, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task AbandonAsync(Abandonment abandonment, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
