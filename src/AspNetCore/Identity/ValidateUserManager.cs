using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Refuses a start with a user manager, added later, that would change users without their sessions.</summary>
internal sealed class ValidateUserManager(IServiceCollection services, Type service, Type manager) : IValidateOptions<CookieSessionsOptions>
{
    public ValidateOptionsResult Validate(string? name, CookieSessionsOptions options) =>
        name == IdentityConstants.ApplicationScheme
        && services.LastOrDefault(descriptor => descriptor.ServiceType == service)?.ImplementationType is { } last
        && !manager.IsAssignableFrom(last)
            ? ValidateOptionsResult.Fail(
                $"{last.Name} was added after AddOrleansSessions, and would change users without their sessions: derive it from SessionUserManager.")
            : ValidateOptionsResult.Success;
}
