// Keeps the list of sessions current while its page is open. Without it, the page shows the list as it was when loaded.
// All tabs of a browser share one stream: over HTTP/1.1 a browser has six connections to a site, and each stream takes one.
'use strict';

(() => {
  const list = () => document.getElementById('session-list');
  const note = document.getElementById('live');
  const shown = () => Array.from(list().querySelectorAll('[data-session]'), item => item.dataset.session).join(',');
  const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

  // A form of this page that is on its way leads to its own answer. To go elsewhere meanwhile would lose that answer.
  let leaving = false;
  document.addEventListener('submit', () => leaving = true);
  addEventListener('pageshow', () => leaving = false);

  // Shows the list as it is now. Whether there still is one, only the page itself can tell: the user may have signed in again in
  // another tab, and the new cookie may be a moment later than the end of the session before it.
  const refresh = async (pauses = []) => {
    for (;;) {
      const response = await fetch(location.pathname);
      if (new URL(response.url).pathname === location.pathname) {
        if (response.ok) {
          show(new DOMParser().parseFromString(await response.text(), 'text/html'));
        }
        return response.ok;
      }
      if (leaving) {
        return false;
      }
      if (pauses.length === 0) {
        location.assign(list().dataset.signIn);
        return false;
      }
      await pause(pauses.shift());
    }
  };
  const show = page => {
    const focused = document.activeElement?.closest('[data-session]')?.dataset.session;
    list().replaceWith(page.getElementById('session-list'));
    if (focused) {
      list().querySelector(`[data-session="${focused}"] button`)?.focus();
    }
  };

  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('orleans-sessions') : null;
  let latest = null;
  let watching = null;

  const hear = async event => {
    note.hidden = event.type !== 'sessions';
    if (event.type === 'sessions' && !document.hidden && event.ids !== shown()) {
      refresh();
    } else if (event.type === 'ended') {
      rest();
      if (await refresh(event.reason === 'superseded' ? [100, 200, 400, 800, 1600] : [])) {
        watch();
      }
    }
  };
  const tell = event => {
    latest = event;
    channel?.postMessage(event);
    hear(event);
  };
  channel?.addEventListener('message', ({ data }) => {
    // A tab that comes later asks what the stream has said; only the one that holds the stream knows.
    if (data.type !== 'ask') {
      hear(data);
    } else if (latest) {
      channel.postMessage(latest);
    }
  });

  // Holds the stream until told to rest.
  const hold = signal => new Promise(done => {
    const events = new EventSource(list().dataset.events);
    signal.addEventListener('abort', () => {
      events.close();
      latest = null;
      done();
    });
    events.addEventListener('sessions', event => tell({ type: 'sessions', ids: event.data }));
    events.addEventListener('ended', event => tell({ type: 'ended', reason: event.data }));
    events.addEventListener('error', () => {
      tell({ type: 'lost' });
      // A refusal closes the source for good. Only the user's return opens another one: a page that is left alone
      // must not keep its session from idling out.
      if (events.readyState === EventSource.CLOSED) {
        rest();
        refresh();
      }
    });
  });

  // One of the visible tabs holds the stream. The others stand in line for it, and hear what it hears.
  const watch = () => {
    if (watching || document.hidden) {
      return;
    }
    watching = new AbortController();
    const { signal } = watching;
    if (navigator.locks) {
      navigator.locks.request('orleans-sessions', { signal }, () => signal.aborted || hold(signal)).catch(() => {});
    } else {
      hold(signal);
    }
    channel?.postMessage({ type: 'ask' });
  };
  const rest = () => {
    watching?.abort();
    watching = null;
  };

  document.addEventListener('visibilitychange', () => document.hidden ? rest() : watch());
  addEventListener('focus', watch);
  watch();
})();
