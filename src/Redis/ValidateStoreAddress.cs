using Microsoft.Extensions.Options;

namespace OrleansSessions.Redis;

/// <summary>Refuses an address of Redis that cannot be read, at the start.</summary>
internal sealed class ValidateStoreAddress : IValidateOptions<ClusterSettings>
{
    public ValidateOptionsResult Validate(string? name, ClusterSettings options)
    {
        if (string.IsNullOrEmpty(options.Redis))
        {
            return ValidateOptionsResult.Skip;
        }

        try
        {
            StoreAddress.Read(options.Redis);
            return ValidateOptionsResult.Success;
        }
        catch (StoreAddressException e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}
