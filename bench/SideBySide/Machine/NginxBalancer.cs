namespace OrleansSessions.SideBySide;

/// <summary>nginx: round robin, to the next server where one does not answer.</summary>
internal sealed class NginxBalancer(Run run) : IBalancer
{
    // By default they lie where only root may write.
    private static readonly string[] Temporaries = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

    private readonly int _port = run.Ports.Next();
    private readonly string _directory = run.NewDirectory("nginx");
    private ChildProcess? _process;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public int ProcessId => _process!.Id;

    private string File => Path.Combine(_directory, "nginx.conf");

    public async Task SetServersAsync(IEnumerable<Uri> servers, CancellationToken cancellationToken)
    {
        await System.IO.File.WriteAllTextAsync(File, Configuration(servers), cancellationToken);
        if (_process is not null)
        {
            await ChildProcess.RunAsync("nginx", ["-c", File, "-e", "stderr", "-s", "reload"], cancellationToken);
            return;
        }

        _process = ChildProcess.Start("nginx", ["-c", File, "-e", "stderr"], Path.Combine(_directory, "log"));
        await Browser.WaitUntilUpAsync(new Uri(Address, "/health"), cancellationToken);
    }

    public void Dispose() => _process?.Dispose();

    private string Configuration(IEnumerable<Uri> servers) => $$"""
        daemon off;
        pid {{_directory}}/nginx.pid;
        worker_processes 1;
        error_log stderr warn;
        events { worker_connections 4096; }
        http {
          access_log off;
          {{string.Join("\n  ", Temporaries.Select(kind => $"{kind}_temp_path {_directory}/{kind};"))}}
          upstream servers {
            {{string.Join("\n    ", servers.Select(server => $"server {server.Authority};"))}}
            keepalive 64;
          }
          server {
            listen 127.0.0.1:{{_port}};
            location / {
              proxy_pass http://servers;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_connect_timeout 1s;
            }
          }
        }
        """;
}
