using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace OrleansSessions.Contenders;

/// <summary>The accounts of ASP.NET Core Identity.</summary>
internal sealed class AccountsDb(DbContextOptions<AccountsDb> options) : IdentityDbContext<IdentityUser>(options)
{
    /// <summary>Makes the tables. Servers that start together take turns: the first one makes them.</summary>
    public async Task CreateAsync()
    {
        await Database.OpenConnectionAsync();
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_lock(1)");
        await Database.EnsureCreatedAsync();
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock(1)");
        await Database.CloseConnectionAsync();
    }
}
