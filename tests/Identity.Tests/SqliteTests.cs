using Microsoft.EntityFrameworkCore;
using OrleansSessions.Testing;

namespace OrleansSessions.Identity.Tests;

/// <summary>ASP.NET Core Identity with EF Core on SQLite.</summary>
public sealed class SqliteTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orleans-sessions-test-").FullName;
    private TestSilos? _silos;

    private IdentityScenarios Scenarios => new(_silos!, options => options.UseSqlite($"Data Source={Path.Combine(_folder, "users.db")};Pooling=False"));

    public static TheoryData<string> StampChanges => [.. IdentityScenarios.StampChanges.Keys];

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync();

    public async Task DisposeAsync()
    {
        await _silos!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public Task L10_users_list_their_sessions_and_end_one_or_the_others() => Scenarios.SignInListAndEndAsync();

    [Theory, MemberData(nameof(StampChanges))]
    public Task L7_L8_a_changed_stamp_ends_all_sessions_at_once(string change) => Scenarios.StampChangeEndsSessionsAsync(change);

    [Fact]
    public Task T4_L8_a_page_that_changes_the_password_keeps_its_session_under_a_new_secret() => Scenarios.PasswordPageAsync();

    [Fact]
    public Task L8_a_page_that_changes_the_stamp_twice_and_refreshes_once_keeps_its_session() => Scenarios.EmailPageAsync();

    [Fact]
    public Task L8_a_session_that_is_not_refreshed_ends_with_the_response() => Scenarios.UnrefreshedAsync();

    [Fact]
    public Task L8_a_session_whose_response_has_started_ends_at_once() => Scenarios.TooLateToRefreshAsync();

    [Fact]
    public Task T10_I8_the_store_does_not_have_the_stamp() => Scenarios.SecretsAsync();

    [Fact]
    public Task L11_roles_and_claims_reach_live_sessions_at_once() => Scenarios.RolesAsync();

    [Fact]
    public Task A_request_costs_no_query() => Scenarios.NoQueryPerRequestAsync();

    [Fact]
    public Task L15_the_second_factor_stays_known() => Scenarios.TwoFactorAsync();

    [Fact]
    public Task T4_an_external_login_makes_a_session() => Scenarios.ExternalLoginAsync();

    [Fact]
    public Task G3_strangers_who_guess_end_no_session() => Scenarios.StrangersEndNothingAsync();

    [Fact]
    public Task I7_an_outage_is_503_and_a_change_that_it_hid_is_made_good() => Scenarios.OutageAsync();

    [Fact]
    public Task L8_a_change_of_which_the_cluster_never_heard_comes_with_the_next_sign_in() => Scenarios.LostChangeAsync();

    [Fact]
    public Task Users_who_are_signed_in_at_the_switch_are_carried_over() => Scenarios.CarriedOverAsync();
}
