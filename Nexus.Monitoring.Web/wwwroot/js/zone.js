// Runs before first paint. The server formats times, in the zone that this cookie names; a machine that has moved is asked again.
(() => {
  const name = 'nexus-zone';
  const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
  const read = () => decodeURIComponent(document.cookie.split('; ').find(part => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? '');
  const write = value => {
    document.cookie = value
      ? `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`
      : `${name}=; path=/; max-age=0; samesite=lax`;
  };

  window.nexusZone = {
    choose(choice) {
      write(choice === 'local' ? `local:${here()}` : '');
      location.reload();
    },
  };

  const now = read();
  if (now.startsWith('local:') && now !== `local:${here()}`) {
    write(`local:${here()}`);
    // Where cookies are not kept, it would go on for ever.
    if (read() !== now) { location.reload(); }
  }
})();
