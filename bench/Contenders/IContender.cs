namespace OrleansSessions.Contenders;

/// <summary>A server to be measured.</summary>
internal interface IContender
{
    /// <summary>Adds what the contender's documentation recommends.</summary>
    void AddServices(WebApplicationBuilder builder);

    /// <summary>Maps its endpoints.</summary>
    void Map(WebApplication app);
}
