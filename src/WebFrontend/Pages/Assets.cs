using System.Reflection;
using Microsoft.Extensions.FileProviders;

namespace OrleansSessions.WebFrontend;

/// <summary>Style sheets and images, served from inside the assembly.</summary>
internal static class Assets
{
    public const string Path = "/assets";

    private static readonly Assembly Source = typeof(Assets).Assembly;

    /// <summary>The address of an asset; a new build gives it a new one, since browsers keep it for good.</summary>
    public static string Url(PathString pathBase, string name) =>
        $"{pathBase}{Path}/{name}?v={Source.ManifestModule.ModuleVersionId:N}";

    public static void UseAssets(this WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        RequestPath = Path,
        FileProvider = new EmbeddedFileProvider(Source, $"{Source.GetName().Name}.Assets"),
        OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable",
    });
}
