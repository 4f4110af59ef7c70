namespace OrleansSessions.Server.Tests;

/// <summary>A grain as an application has it.</summary>
public interface ICartGrain : IGrainWithStringKey
{
    Task AddAsync(string item);

    Task<string[]> ListAsync();
}

/// <inheritdoc cref="ICartGrain"/>
public sealed class CartGrain([PersistentState("cart", "sessions")] IPersistentState<CartGrain.Cart> cart) : Grain, ICartGrain
{
    public Task AddAsync(string item)
    {
        cart.State.Items.Add(item);
        return cart.WriteStateAsync();
    }

    public Task<string[]> ListAsync() => Task.FromResult(cart.State.Items.ToArray());

    /// <summary>What is in it.</summary>
    [GenerateSerializer]
    public sealed class Cart
    {
        [Id(0)]
        public List<string> Items { get; set; } = [];
    }
}
