// Runs before first paint: resolves light, dark or system to one data-theme, so that nothing flashes.
(() => {
  const key = 'nexus.theme';
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const read = () => {
    try { return localStorage.getItem(key) ?? 'system'; } catch { return 'system'; }
  };

  const apply = () => {
    const choice = read();
    root.dataset.theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
    dispatchEvent(new CustomEvent('nexus:theme', { detail: choice }));
  };

  dark.addEventListener('change', apply);
  addEventListener('storage', event => event.key === key && apply());
  window.nexusTheme = {
    get choice() { return read(); },
    choose(choice) {
      try { localStorage.setItem(key, choice); } catch { /* private windows: the choice lasts as long as the page */ }
      apply();
    },
  };
  apply();
})();
