using Microsoft.AspNetCore.Identity;

namespace OrleansSessions.WebFrontend;

internal static class AccountExtensions
{
    public static void MapAccounts(this RouteGroupBuilder api) => api.MapAccountEndpoints();

    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<PasswordHasherOptions>(static hasher => hasher.IterationCount = PasswordHashing.RecommendedIterations);
        builder.Services.AddSingleton<IPasswordHasher<object>, PasswordHasher<object>>();
        builder.Services.AddSingleton<PasswordHashing>();
        builder.Services.AddSingleton<PasswordRules>();
        builder.Services.AddSingleton<PasswordCheck>();
        builder.Services.AddSingleton<Throttles>();
        builder.Services.AddSingleton<SignInService>();
        builder.Services.AddSingleton<ReauthenticationService>();
        builder.Services.AddSingleton<RegistrationService>();
        builder.Services.AddSingleton<PasswordChangeService>();
        builder.AddRecentSignInPolicy();
    }
}
