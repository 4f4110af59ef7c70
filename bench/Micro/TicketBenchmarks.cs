using System.Security.Claims;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Authentication;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.Micro;

/// <summary>Encrypting a session's claims at its sign-in, and decrypting them where an answer comes from a grain.</summary>
[InProcess, MemoryDiagnoser]
public class TicketBenchmarks
{
    private readonly SessionToken _token = SessionToken.Create();
    private readonly ClaimsPrincipal _user = new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, "user-0000001"),
            new Claim(ClaimTypes.Name, "user-0000001"),
            new Claim(ClaimTypes.Email, "user-0000001@example.org"),
            new Claim(ClaimTypes.Role, "reader"),
        ],
        authenticationType: "password"));

    private byte[] _ticket = [];

    [GlobalSetup]
    public void SetUp() => _ticket = TicketSeal.Seal(_token, new AuthenticationTicket(_user, SessionDefaults.AuthenticationScheme));

    [Benchmark]
    public byte[] Seal() => TicketSeal.Seal(_token, new AuthenticationTicket(_user, SessionDefaults.AuthenticationScheme));

    [Benchmark]
    public ClaimsPrincipal Open() => TicketSeal.Open(_token, _ticket).Principal;
}
