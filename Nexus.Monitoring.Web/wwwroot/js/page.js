// One per circuit: tells the server whether anyone can see the page, so that hidden tabs are not drawn.
export function watch(page) {
  const report = () => page.invokeMethodAsync('SetVisible', !document.hidden).catch(() => { /* the circuit is gone; boot.js knows */ });
  document.addEventListener('visibilitychange', report);
  if (document.hidden) { report(); }
  return { stop: () => document.removeEventListener('visibilitychange', report) };
}

// painted() answers when the browser has painted its next picture.
export const meter = () => ({
  painted: () => new Promise(done => requestAnimationFrame(() => setTimeout(done))),
  stop: () => { /* nothing goes on by itself */ },
});

// Whether a list stands at its top: only there may new rows appear by themselves.
export function watchTop(list, component) {
  if (!list) { return null; }
  let atTop = true;
  const report = () => {
    const now = list.scrollTop < 4;
    if (now !== atTop) {
      atTop = now;
      component.invokeMethodAsync('SetAtTop', now).catch(() => { /* the circuit is gone; boot.js knows */ });
    }
  };
  list.addEventListener('scroll', report, { passive: true });
  // Someone may have scrolled before this listened.
  report();
  return {
    toTop: () => { list.scrollTop = 0; },
    stop: () => list.removeEventListener('scroll', report),
  };
}
