namespace OrleansSessions.Browser.Tests;

/// <summary>With front ends that host the sessions themselves.</summary>
public sealed class CoHostedSignInTests(CoHostedSite site) : SignInCases(site), IClassFixture<CoHostedSite>;
