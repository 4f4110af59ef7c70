namespace OrleansSessions.AspNetCore.Tests;

/// <summary>A session grain that can only validate.</summary>
internal sealed class ValidatingGrain(Func<ValidationRequest, Task<SessionValidationResult>> validate) : ISessionGrain
{
    public ValueTask<SessionValidationResult> ValidateAsync(ValidationRequest request, CancellationToken cancellationToken = default) =>
        new(validate(request));

    public Task<SessionSignInResult> SignInAsync(SignInRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<RotationResult> RotateAsync(RotationRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<RevocationResult> RevokeAsync(RevocationRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<SessionValidationResult> RenewClaimsAsync(ClaimsRenewal renewal, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task AbandonAsync(Abandonment abandonment, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
