using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
builder.AddOrleansSessionsServer();
builder.Services.AddDbContext<Users>(options => options.UseSqlite(builder.Configuration.GetConnectionString("Users") ?? "Data Source=users.db"));
builder.Services.AddIdentityApiEndpoints<IdentityUser>()
    .AddEntityFrameworkStores<Users>()
    .AddOrleansSessions();
builder.Services.AddAuthorization();

var app = builder.Build();
await using (var scope = app.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<Users>().Database.EnsureCreatedAsync();
}

app.UseAuthentication();
app.UseAuthorization();
app.UseDefaultFiles();
app.UseStaticFiles();
app.MapIdentityApi<IdentityUser>();
app.MapOrleansSessions();
app.MapGet("/me", static (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization();

// The password is changed, and this browser stays signed in: its session gets a new secret, and all others end.
app.MapPost("/password", static async (Passwords passwords, ClaimsPrincipal caller, UserManager<IdentityUser> users, SignInManager<IdentityUser> signIn) =>
{
    var user = (await users.GetUserAsync(caller))!;
    var result = await users.ChangePasswordAsync(user, passwords.Current, passwords.New);
    if (result.Succeeded)
    {
        await signIn.RefreshSignInAsync(user);
    }

    return result.Succeeded ? Results.NoContent() : Results.BadRequest(result.Errors);
}).RequireAuthorization();

app.MapPost("/sign-out", static (SignInManager<IdentityUser> signIn) => signIn.SignOutAsync());

app.Run();

internal sealed record Passwords(string Current, string New);

internal sealed class Users(DbContextOptions<Users> options) : IdentityDbContext<IdentityUser>(options);
