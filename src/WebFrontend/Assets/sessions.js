// Keeps the list of sessions current while its page is open. Without it, the page shows the list as it was when loaded.
'use strict';

(() => {
  const list = () => document.getElementById('session-list');
  const note = document.getElementById('live');
  const shown = () => Array.from(list().querySelectorAll('[data-session]'), item => item.dataset.session).join(',');
  const leave = () => location.assign(list().dataset.signIn);

  const refresh = async () => {
    const response = await fetch(location.pathname);
    if (response.redirected) {
      leave();
    } else if (response.ok) {
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      const focused = document.activeElement?.closest('[data-session]')?.dataset.session;
      list().replaceWith(page.getElementById('session-list'));
      if (focused) {
        list().querySelector(`[data-session="${focused}"] button`)?.focus();
      }
    }
  };

  const connect = () => {
    const events = new EventSource(list().dataset.events);
    events.addEventListener('open', () => { note.hidden = false; });
    events.addEventListener('sessions', event => {
      if (event.data !== shown()) {
        refresh();
      }
    });
    events.addEventListener('ended', () => {
      events.close();
      leave();
    });
    events.addEventListener('error', () => {
      note.hidden = true;
      // A refusal closes the source for good. Only the user's return opens another one: a page that is left alone
      // must not keep its session from idling out.
      if (events.readyState === EventSource.CLOSED) {
        refresh();
        addEventListener('focus', connect, { once: true });
      }
    });
  };

  connect();
})();
