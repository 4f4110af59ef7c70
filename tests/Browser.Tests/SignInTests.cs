namespace OrleansSessions.Browser.Tests;

/// <summary>With silos of their own.</summary>
public sealed class SignInTests(Site site) : SignInCases(site), IClassFixture<Site>;
