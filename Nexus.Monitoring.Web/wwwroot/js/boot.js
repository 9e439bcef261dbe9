// Starts the circuit. When it drops, the page says since when, stops its clocks and comes back for as long as it takes.
(() => {
  const root = document.documentElement;
  const firstDelay = 500;
  const lastDelay = 15_000;
  let running = null;

  const zone = root.dataset.zone || 'UTC';
  const clock = () => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', timeStyle: 'medium' }).format(new Date());
  const setText = (name, text) => root.style.setProperty(name, JSON.stringify(text));
  const wait = (milliseconds, wake) => new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    wake.now = () => { clearTimeout(timer); resolve(); };
  });

  async function reconnect(loop) {
    for (let attempt = 1; !loop.stopped; attempt++) {
      setText('--nx-attempt', `reconnecting · attempt ${attempt}`);
      // Full jitter over the upper half, so that a restarted dashboard is not met by all browsers at once.
      const ceiling = Math.min(lastDelay, firstDelay * 2 ** Math.min(attempt - 1, 10));
      await wait(ceiling * (0.5 + Math.random() / 2), loop);
      if (loop.stopped) { return; }
      try {
        if (await Blazor.reconnect()) { return; }
        // The server answers but no longer knows this circuit: everything shown is in the address, so load it again.
        location.reload();
        return;
      } catch { /* not reachable yet */ }
    }
  }

  const handler = {
    onConnectionDown() {
      if (running) { return; }
      setText('--nx-asof', `as of ${clock()}`);
      const at = document.querySelector('#circuit-banner time');
      if (at) { at.textContent = `${clock()} ${zone.split('/').pop().replaceAll('_', ' ')}`; }
      root.classList.add('circuit-lost');
      running = { stopped: false };
      void reconnect(running);
    },
    onConnectionUp() {
      if (running) { running.stopped = true; }
      running = null;
      root.classList.remove('circuit-lost');
    },
  };

  document.addEventListener('click', event => {
    if (event.target.closest('[data-reconnect]')) { running?.now?.(); }
  });

  // The circuit's first drawing takes away the whole page that was drawn before it. What waits its turn there gets back what was in its place, before anybody
  // sees it gone; and what had the focus gives it to what is drawn in its place, then or when its turn comes.
  let held = null;
  const sign = element => [element.localName, element.id, element.getAttribute('href'), element.getAttribute('aria-label') ?? element.textContent.trim()].join();
  const alike = signature => [...document.querySelectorAll('a, button, input, select, summary, [tabindex]')].filter(element => sign(element) === signature);
  const hold = event => {
    const signature = sign(event.target);
    held = { element: event.target, signature, index: alike(signature).indexOf(event.target) };
  };
  // What leaves the page with its focus has not let go of it.
  const letGo = event => queueMicrotask(() => {
    if (held?.element === event.target && event.target.isConnected && document.activeElement !== event.target) { held = null; }
  });
  const giveBack = () => {
    if (!held || document.activeElement !== document.body) { return; }
    const heir = held.element.isConnected ? held.element : alike(held.signature)[held.index];
    heir?.focus({ preventScroll: true });
  };
  document.addEventListener('focusin', hold);
  document.addEventListener('focusout', letGo);

  let isDrawn = false;
  new MutationObserver((changes, observer) => {
    if (!document.querySelector('.app[data-interactive]')) { return; }
    if (!isDrawn) {
      isDrawn = true;
      const gone = document.createDocumentFragment();
      gone.append(...changes.flatMap(change => [...change.removedNodes]).filter(node => !node.isConnected));
      for (const place of document.querySelectorAll('.later[aria-busy]')) {
        place.append(...gone.querySelector(`[data-later="${place.dataset.later}"]`)?.childNodes ?? []);
      }
    }
    giveBack();
    if (!document.querySelector('.later[aria-busy]')) {
      observer.disconnect();
      document.removeEventListener('focusin', hold);
      document.removeEventListener('focusout', letGo);
    }
  }).observe(document.body, { childList: true, subtree: true });

  Blazor.start({ circuit: { reconnectionHandler: handler } });
})();
