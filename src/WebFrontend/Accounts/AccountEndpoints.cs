using Microsoft.AspNetCore.Http.HttpResults;

namespace OrleansSessions.WebFrontend;

internal static class AccountEndpoints
{
    public static void MapAccountEndpoints(this RouteGroupBuilder api)
    {
        api.MapPost("/accounts", RegisterAsync).WithSummary("Opens an account.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapPost("/account/password", ChangePasswordAsync).WithSummary("Changes the password, and ends the user's other sessions.")
            .RequireAuthorization(RecentSignInPolicy.Name)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    private static async Task<Results<Created<AccountBody>, ValidationProblem, ProblemHttpResult>> RegisterAsync(
        RegistrationBody body, HttpContext context, RegistrationService registrations, CancellationToken cancellationToken)
    {
        var outcome = await registrations.RegisterAsync(
            body.UserName, body.Password, context.Connection.RemoteIpAddress, requestId: null, cancellationToken);
        return outcome.Verdict switch
        {
            RegistrationVerdict.Registered => TypedResults.Created((string?)null, new AccountBody(outcome.UserName)),
            RegistrationVerdict.Invalid => Invalid((nameof(body.UserName), outcome.NameFault), (nameof(body.Password), outcome.PasswordFault)),
            RegistrationVerdict.NameTaken => Refusals.NameTaken.ToProblem(),
            RegistrationVerdict.Throttled => context.TooManyRequests(outcome.RetryAfter),
            _ => Refusals.RegistrationClosed.ToProblem(),
        };
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> ChangePasswordAsync(
        PasswordChangeBody body, HttpContext context, PasswordChangeService passwords, CancellationToken cancellationToken)
    {
        var outcome = await passwords.ChangeAsync(context, body.CurrentPassword, body.NewPassword, cancellationToken);
        return outcome.Verdict switch
        {
            PasswordChangeVerdict.Changed => TypedResults.NoContent(),
            PasswordChangeVerdict.Invalid => Invalid((nameof(body.NewPassword), outcome.Fault)),
            PasswordChangeVerdict.Throttled => context.TooManyRequests(outcome.RetryAfter),
            _ => Refusals.WrongCurrentPassword.ToProblem(),
        };
    }

    private static ValidationProblem Invalid(params IEnumerable<(string Field, string? Fault)> faults) =>
        TypedResults.ValidationProblem(
            faults.Where(static one => one.Fault is not null)
                .ToDictionary(static one => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(one.Field), static one => new[] { one.Fault! }),
            title: "The request is not acceptable as it is.");
}
