// Sends a form once, however often its button is clicked: the second sending would come with a cookie that the first has replaced.
'use strict';

document.addEventListener('submit', event => {
  if (event.target.dataset.sent) {
    event.preventDefault();
  }
  event.target.dataset.sent = 'yes';
});
addEventListener('pageshow', () => {
  document.querySelectorAll('form').forEach(form => delete form.dataset.sent);
});
