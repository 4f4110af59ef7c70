using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>Certificates of an issuer whom nobody knows, as files.</summary>
internal static class Certificates
{
    /// <summary>Writes <c>ca.crt</c>, <c>redis.crt</c> and <c>redis.key</c>.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="name">The name of the server.</param>
    public static void Write(string folder, string name)
    {
        var now = DateTimeOffset.UtcNow;
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuerRequest = new CertificateRequest("CN=test issuer", issuerKey, HashAlgorithmName.SHA256);
        issuerRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuer = issuerRequest.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(issuer, now.AddDays(-1), now.AddDays(1), [1, 2, 3, 4]);

        File.WriteAllText(Path.Combine(folder, "ca.crt"), issuer.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "redis.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "redis.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
