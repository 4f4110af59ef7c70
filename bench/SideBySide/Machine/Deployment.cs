namespace OrleansSessions.SideBySide;

/// <summary>One contender up and running, with all that it needs, and nothing of another one's.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private readonly List<Server> _servers = [];
    private readonly List<Silo> _silos = [];
    private IBalancer? _balancer;

    private Deployment(Run run, Contender contender) => (Run, Contender) = (run, contender);

    public Run Run { get; }

    public Contender Contender { get; }

    /// <summary>Its Redis, where it has one.</summary>
    public RedisServer? Redis { get; private set; }

    /// <summary>Its servers that are up.</summary>
    public IReadOnlyList<Server> Servers => _servers;

    /// <summary>Its silos that are up, where it has some.</summary>
    public IReadOnlyList<Silo> Silos => _silos;

    /// <summary>Where a browser may go: any of the servers, or the balancer of a contender that cannot do without.</summary>
    public IReadOnlyList<Uri> Entrances => Contender.IsSticky ? [_balancer!.Address] : [.. _servers.Select(server => server.Address)];

    /// <summary>Starts a contender, and warms it up once it takes sign-ins at every server.</summary>
    public static async Task<Deployment> StartAsync(Run run, Contender contender, Shape shape, CancellationToken cancellationToken)
    {
        var deployment = new Deployment(run, contender);
        try
        {
            await deployment.StartAsync(shape, cancellationToken);
            if (shape.IsWarm)
            {
                await WarmUp.RunAsync(deployment, cancellationToken);
            }

            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    /// <summary>The one address of all servers: round robin, or affinity where sessions are sticky.</summary>
    public async Task<Uri> BalanceAsync(CancellationToken cancellationToken)
    {
        if (_balancer is null)
        {
            _balancer = Contender.IsSticky ? new YarpBalancer(Run) : new NginxBalancer(Run);
            await _balancer.SetServersAsync(_servers.Select(server => server.Address), cancellationToken);
        }

        return _balancer.Address;
    }

    /// <summary>Kills a server as a crash would, with the silo that shares its machine. The balancer is not told.</summary>
    public void KillServer()
    {
        _servers[0].Dispose();
        _servers.RemoveAt(0);
        if (_silos.Count > 0)
        {
            _silos[0].Dispose();
            _silos.RemoveAt(0);
        }
    }

    /// <summary>Adds a server, with a silo where there are silos, and tells the balancer of it.</summary>
    public async Task AddServerAsync(CancellationToken cancellationToken)
    {
        if (Contender.UsesSilos)
        {
            _silos.Add(Silo.Start(Run, Redis!));
        }

        var address = new Uri($"http://127.0.0.1:{Run.Ports.Next()}");
        var server = Server.Start(Run, Contender, address, _servers.Select(s => s.Address), Redis);
        _servers.Add(server);
        await server.WaitUntilReadyAsync(cancellationToken);
        await _balancer!.SetServersAsync(_servers.Select(s => s.Address), cancellationToken);
    }

    /// <summary>Has silos forget idle sessions, as they would after some time. No other contender has anything to forget.</summary>
    public async Task ForgetIdleSessionsAsync(CancellationToken cancellationToken)
    {
        if (Contender.UsesSilos)
        {
            await _servers[0].ForgetAsync(cancellationToken);
        }
    }

    /// <summary>How long the just-in-time compilers of all its servers and silos have worked.</summary>
    public async Task<TimeSpan> ReadCompilerTimeAsync(CancellationToken cancellationToken)
    {
        var stats = await Task.WhenAll(
            [.. _servers.Select(server => server.ReadAsync(collect: false, cancellationToken)), .. _silos.Select(silo => silo.ReadAsync(collect: false, cancellationToken))]);
        return TimeSpan.FromMilliseconds(stats.Sum(process => process.CompilerMilliseconds));
    }

    public ValueTask DisposeAsync()
    {
        _balancer?.Dispose();
        _servers.ForEach(server => server.Dispose());
        _silos.ForEach(silo => silo.Dispose());
        Redis?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task StartAsync(Shape shape, CancellationToken cancellationToken)
    {
        Redis = Contender.UsesRedis ? await RedisServer.StartAsync(Run, cancellationToken) : null;
        var silos = Contender.UsesSilos ? shape.Silos : 0;
        _silos.AddRange(Enumerable.Range(0, silos).Select(_ => Silo.Start(Run, Redis!)));

        Uri[] addresses = [.. Enumerable.Range(0, shape.Servers).Select(_ => new Uri($"http://127.0.0.1:{Run.Ports.Next()}"))];
        _servers.AddRange(addresses.Select(address => Server.Start(Run, Contender, address, addresses, Redis)));
        await Task.WhenAll(_servers.Select(server => server.WaitUntilReadyAsync(cancellationToken)));
        if (Contender.IsSticky)
        {
            await BalanceAsync(cancellationToken);
        }
    }
}
