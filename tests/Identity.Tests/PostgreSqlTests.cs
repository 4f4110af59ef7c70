using Microsoft.EntityFrameworkCore;
using OrleansSessions.Cluster.Tests.Harness;
using OrleansSessions.Testing;

namespace OrleansSessions.Identity.Tests;

/// <summary>ASP.NET Core Identity with EF Core on PostgreSQL.</summary>
public sealed class PostgreSqlTests
{
    [RequiresProgramFact(PostgreSql.Server)]
    public async Task L7_L8_L10_L11_all_of_it_holds_on_PostgreSQL()
    {
        await using var postgres = await PostgreSql.StartAsync();
        await using var silos = await TestSilos.StartAsync();
        var scenarios = new IdentityScenarios(silos, options => options.UseNpgsql(postgres.ConnectionString));

        await scenarios.SignInListAndEndAsync();
        foreach (var change in IdentityScenarios.StampChanges.Keys)
        {
            await scenarios.StampChangeEndsSessionsAsync(change);
        }

        await scenarios.PasswordPageAsync();
        await scenarios.RolesAsync();
        await scenarios.NoQueryPerRequestAsync();
        await scenarios.TwoFactorAsync();
        await scenarios.ExternalLoginAsync();
        await scenarios.StrangersEndNothingAsync();
    }
}
