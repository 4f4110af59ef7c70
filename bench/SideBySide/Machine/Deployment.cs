namespace OrleansSessions.SideBySide;

/// <summary>One contender up and running, with all that it needs, and nothing of another one's.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private readonly List<Server> _servers = [];
    private readonly List<Silo> _silos = [];
    private readonly List<Link> _links = [];
    private readonly Shape _shape;
    private PostgresServer? _postgres;
    private IBalancer? _balancer;

    private Deployment(Run run, Contender contender, Shape shape) => (Run, Contender, _shape) = (run, contender, shape);

    public Run Run { get; }

    public Contender Contender { get; }

    /// <summary>Its Redis, where it has one.</summary>
    public RedisServer? Redis { get; private set; }

    /// <summary>Where it keeps sessions or accounts, if anywhere.</summary>
    public IStore? Store => Redis ?? (IStore?)_postgres;

    /// <summary>Its servers that are up.</summary>
    public IReadOnlyList<Server> Servers => _servers;

    /// <summary>Its silos that are up, where it has some.</summary>
    public IReadOnlyList<Silo> Silos => _silos;

    /// <summary>Where a browser may go: any of the servers, or the balancer of a contender that cannot do without.</summary>
    public IReadOnlyList<Uri> Entrances => Contender.IsSticky ? [_balancer!.Address] : [.. _servers.Select(server => server.Address)];

    /// <summary>The server behind links that can fail, in a shape that has some.</summary>
    public Server Linked => _servers[1];

    /// <summary>Starts a contender, and warms it up once it takes sign-ins at every server.</summary>
    public static async Task<Deployment> StartAsync(Run run, Contender contender, Shape shape, CancellationToken cancellationToken)
    {
        var deployment = new Deployment(run, contender, shape);
        try
        {
            await deployment.StartAsync(cancellationToken);
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
            _silos.Add(Silo.Start(Run, Redis!, _shape));
        }

        var address = NewAddress();
        var around = new Surroundings(Redis?.Address, _postgres?.Address, address, _servers.Select(s => s.Address), NewSilo());
        var server = Server.Start(Run, Contender, address, around);
        _servers.Add(server);
        await server.WaitUntilReadyAsync(cancellationToken);
        await _balancer!.SetServersAsync(_servers.Select(s => s.Address), cancellationToken);
    }

    /// <summary>Has silos forget idle sessions, as they would after some time. No other contender has anything to forget.</summary>
    public async Task ForgetIdleSessionsAsync(CancellationToken cancellationToken)
    {
        if (Contender.IsOurs)
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

    /// <summary>The processor time that its processes have used.</summary>
    public ProcessorUse ReadProcessorUse() => new(
        ProcessTime.Of([.. _servers.Select(server => server.ProcessId), .. Contender.IsSticky ? [_balancer!.ProcessId] : Array.Empty<int>()]),
        _silos.Count == 0 ? null : ProcessTime.Of(_silos.Select(silo => silo.ProcessId)),
        Store is null ? null : ProcessTime.Of([Store.ProcessId]));

    /// <summary>Has the links of the linked server work or fail.</summary>
    public void SetLinks(LinkState state) => _links.ForEach(link => link.Set(state));

    public ValueTask DisposeAsync()
    {
        _links.ForEach(link => link.Dispose());
        _balancer?.Dispose();
        _servers.ForEach(server => server.Dispose());
        _silos.ForEach(silo => silo.Dispose());
        Redis?.Dispose();
        _postgres?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        Redis = Contender.UsesRedis ? await RedisServer.StartAsync(Run, cancellationToken) : null;
        _postgres = Contender.UsesPostgres ? await PostgresServer.StartAsync(Run, cancellationToken) : null;
        var silos = Contender.UsesSilos ? _shape.Silos : 0;
        _silos.AddRange(Enumerable.Range(0, silos).Select(_ => Silo.Start(Run, Redis!, _shape)));

        Uri[] addresses = [.. Enumerable.Range(0, _shape.Servers).Select(_ => NewAddress())];
        var around = _shape.HasLinks ? LinkOne(addresses) : [.. addresses.Select((_, server) => Direct(addresses, server))];
        for (var i = 0; i < addresses.Length; i++)
        {
            _servers.Add(Server.Start(Run, Contender, addresses[i], around[i]));
        }

        await Task.WhenAll(_servers.Select(server => server.WaitUntilReadyAsync(cancellationToken)));
        if (Contender.IsSticky)
        {
            await BalanceAsync(cancellationToken);
        }
    }

    private Uri NewAddress() => new($"http://127.0.0.1:{Run.Ports.Next()}");

    private Surroundings Direct(Uri[] addresses, int server) =>
        new(Redis?.Address, _postgres?.Address, addresses[server], addresses.Where(other => other != addresses[server]), NewSilo());

    // In the server itself, where it is a silo.
    private SiloPort? NewSilo()
    {
        if (!Contender.IsCoHosted)
        {
            return null;
        }

        var port = Run.Ports.Next();
        return new SiloPort(port, _shape.HasLinks ? Run.Ports.Next() : port);
    }

    // One server's ways to the store and to silos, and the other servers' ways to it.
    private Surroundings[] LinkOne(Uri[] addresses)
    {
        const int linked = 1;
        foreach (var silo in _silos)
        {
            _links.Add(Link.Start(silo.Gateway, silo.GatewayListensOn, IsOfLinked));
        }

        Uri[] seen = [.. addresses];
        seen[linked] = OpenLink(addresses[linked].Port);
        var around = addresses.Select((_, server) => Direct(seen, server)).ToArray();
        around[linked] = around[linked] with { Redis = Through(Redis), Postgres = Through(_postgres) };
        for (var server = 0; server < around.Length; server++)
        {
            if (around[server].Silo is { } silo)
            {
                _links.Add(Link.Start(silo.Port, silo.ListensOn, server == linked ? null : IsOfLinked));
            }
        }

        return around;

        bool IsOfLinked(int port) => _servers.Count > linked && SocketOwner.Is(Linked.ProcessId, port);

        string? Through(IStore? store) => store is null ? null : OpenLink(new Uri($"tcp://{store.Address}").Port).Authority;
    }

    private Uri OpenLink(int to)
    {
        var address = NewAddress();
        _links.Add(Link.Start(address.Port, to));
        return address;
    }
}
