using Microsoft.Extensions.Options;
using OrleansSessions.Grains;

namespace OrleansSessions.Server;

/// <summary>What attributes cannot say about <see cref="SiloSettings"/>.</summary>
internal sealed class ValidateSiloSettings(IOptions<LoginSessionOptions> sessions) : IValidateOptions<SiloSettings>
{
    public ValidateOptionsResult Validate(string? name, SiloSettings options)
    {
        // Redis takes whole seconds: a fraction is refused after the record has been written.
        if (options.StoreRetention.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            return ValidateOptionsResult.Fail("OrleansSessions:Silo:StoreRetention must be whole seconds; set OrleansSessions__Silo__StoreRetention as d.hh:mm:ss.");
        }

        // A user's index of sessions is written when one signs in or ends, so it must outlast the longest of them.
        var longest = sessions.Value.LongestAbsoluteTimeout + sessions.Value.TombstoneRetention;
        return options.StoreRetention >= longest
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"OrleansSessions:Silo:StoreRetention ({options.StoreRetention}) must be at least {longest}, or Redis drops sessions before they end; set OrleansSessions__Silo__StoreRetention as d.hh:mm:ss.");
    }
}
