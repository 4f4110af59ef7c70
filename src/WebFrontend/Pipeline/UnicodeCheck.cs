using System.Text;
using Microsoft.Extensions.Options;

namespace OrleansSessions.WebFrontend;

/// <summary>Refuses to start where text is not normalised: the same password would be right from one keyboard and wrong from another.</summary>
internal sealed class UnicodeCheck : IValidateOptions<WebOptions>
{
    public ValidateOptionsResult Validate(string? name, WebOptions options) =>
        "a\u0308\uFF21".Normalize(NormalizationForm.FormKC) == "\u00E4A"
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "Unicode is not normalised here: set InvariantGlobalization to false, unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT, and install ICU.");
}
