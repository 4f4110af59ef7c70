using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

var builder = WebApplication.CreateBuilder(args);
builder.UseOrleans(silo =>
{
    // What the silo is already: its clustering, its storage, its grains.
    silo.UseLocalhostClustering(builder.Configuration.GetValue("SiloPort", 11111), builder.Configuration.GetValue("GatewayPort", 30000));
    silo.AddMemoryGrainStorageAsDefault();

    // The one new line. Sessions come with a storage of their own.
    silo.AddOrleansSessions();
});
builder.Services.AddAuthentication().AddOrleansSessions();
builder.Services.AddAuthorization();

var app = builder.Build();

app.MapPost("/sign-in/{name}", Task (string name, HttpContext http) =>
    http.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, name)], "password"))));

app.MapPost("/cart/{item}", async (string item, ClaimsPrincipal user, IGrainFactory grains) =>
    new { items = await grains.GetGrain<ICartGrain>(user.FindFirstValue(ClaimTypes.NameIdentifier)!).AddAsync(item) }).RequireAuthorization();

app.MapPost("/sign-out", Task (HttpContext http) => http.SignOutAsync());

app.Run();

internal interface ICartGrain : IGrainWithStringKey
{
    Task<IReadOnlyList<string>> AddAsync(string item);
}

internal sealed class CartGrain([PersistentState("cart")] IPersistentState<List<string>> items) : Grain, ICartGrain
{
    public async Task<IReadOnlyList<string>> AddAsync(string item)
    {
        items.State.Add(item);
        await items.WriteStateAsync();
        return items.State;
    }
}
