using Microsoft.AspNetCore.Authentication;
using NSubstitute;

namespace OrleansSessions.AspNetCore.Tests;

public sealed class SessionAuthenticationHandlerTests
{
    [Fact]
    public async Task C30_a_page_learns_that_only_the_secret_was_replaced()
    {
        var client = Substitute.For<IClusterClient>();
        client.GetGrain(Arg.Any<GrainId>(), Arg.Any<GrainInterfaceType>())
            .Returns(new ScriptedSession { OnValidate = static _ => Task.FromResult(SessionValidationResult.Replaced) });
        await using var application = new TestApplication(client);
        var context = application.Request(SessionToken.Create());

        var result = await context.AuthenticateAsync();

        Assert.True(result.None);
        Assert.Equal(SessionStatus.NotFound, context.SessionFeature().Status);
        Assert.Equal(RevocationReason.SecretReplaced, context.SessionFeature().EndedBy);
    }
}
