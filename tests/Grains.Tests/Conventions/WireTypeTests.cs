using System.Reflection;
using OrleansSessions.Accounts;

namespace OrleansSessions.Grains.Tests.Conventions;

/// <summary>What holds for all that crosses the wire or reaches the store: a release must understand the one before.</summary>
public sealed class WireTypeTests
{
    private static readonly Assembly[] Assemblies =
        [typeof(ISessionGrain).Assembly, typeof(SessionGrainsExtensions).Assembly, typeof(IAccountGrain).Assembly, typeof(AccountOptions).Assembly];

    private static readonly Type[] Serialized = [.. Types(static type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))];
    private static readonly Type[] Interfaces = [.. Types(static type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable)))];

    [Fact]
    public void Each_has_a_name_of_its_own_that_outlives_renaming()
    {
        var types = Serialized.Concat(Interfaces).ToList();

        Assert.NotEmpty(Serialized);
        Assert.NotEmpty(Interfaces);
        Assert.All(types, static type => Assert.StartsWith("OrleansSessions.", Alias(type), StringComparison.Ordinal));
        Assert.Equal(types.Count, types.Select(Alias).Distinct().Count());
    }

    [Fact]
    public void Each_method_of_a_grain_has_a_name_that_outlives_renaming() => Assert.All(
        Interfaces.SelectMany(static type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)),
        static method => Assert.NotNull(method.GetCustomAttribute<AliasAttribute>()));

    [Fact]
    public void Each_is_sealed_and_immutable() => Assert.All(Serialized.Where(static type => !type.IsEnum), static type =>
    {
        Assert.True(type.IsSealed, $"{type} is not sealed.");
        Assert.True(
            type.IsDefined(typeof(ImmutableAttribute), inherit: false) || type.IsAssignableTo(typeof(Exception)), $"{type} is not marked as immutable.");
        Assert.All(type.GetProperties().Where(static property => property.IsDefined(typeof(IdAttribute))), property =>
            Assert.True(IsFixed(property), $"{type}.{property.Name} can be set."));
    });

    [Fact]
    public void Members_are_numbered_and_no_number_is_used_twice() => Assert.All(Serialized, static type =>
    {
        var numbers = type.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(static member => member.GetCustomAttribute<IdAttribute>()?.Id).OfType<uint>().ToList();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
    });

    private static IEnumerable<Type> Types(Func<Type, bool> condition) =>
        Assemblies.SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => type.Namespace?.StartsWith("OrleansSessions", StringComparison.Ordinal) is true).Where(condition);

    private static string Alias(Type type) => type.GetCustomAttribute<AliasAttribute>()?.Alias ?? "";

    private static bool IsFixed(PropertyInfo property) => property.SetMethod is not { } set
        || set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));
}
