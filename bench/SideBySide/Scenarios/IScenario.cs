namespace OrleansSessions.SideBySide;

/// <summary>One situation in which all contenders are measured.</summary>
internal interface IScenario
{
    /// <summary>Its name on the command line and in results.</summary>
    string Name { get; }

    /// <summary>What is done, in a sentence or two for the reader of the report.</summary>
    string Description { get; }

    /// <summary>What OrleansSessions does here that others do without; empty where there is nothing to say.</summary>
    string Price => "";

    /// <summary>With how many processes.</summary>
    Shape Shape { get; }

    /// <summary>Whether it is measured anew in each round, because its values scatter.</summary>
    bool IsRepeated { get; }

    /// <summary>Whether it says something of a contender.</summary>
    bool Includes(Contender contender);

    /// <summary>Measures.</summary>
    Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken);
}
