using System.Net;
using System.Net.ServerSentEvents;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>The events that a page of the user's sessions hears.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private EventStream(HttpResponseMessage response, Stream body)
    {
        Response = response;
        _events = SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator();
    }

    public HttpResponseMessage Response { get; }

    public static async Task<EventStream> OpenAsync(TestBrowser browser)
    {
        var response = await TryOpenAsync(browser);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    public static Task<HttpResponseMessage> TryOpenAsync(TestBrowser browser) => browser.SendAsync(
        new HttpRequestMessage(HttpMethod.Get, "/api/session/events"), HttpCompletionOption.ResponseHeadersRead);

    /// <summary>The data of the next event of a kind; null where the stream ends without one.</summary>
    public async Task<string?> NextAsync(string kind)
    {
        while (await _events.MoveNextAsync().AsTask().WaitAsync(Patience))
        {
            if (_events.Current.EventType == kind)
            {
                return _events.Current.Data;
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        // First, so that a read that is out ends.
        Response.Dispose();
        await _events.DisposeAsync();
    }
}
