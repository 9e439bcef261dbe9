// Parts of a page that come when the browser has nothing else to do: from the top down, one at a time.
const waiting = new Set();
// An idle moment comes at the latest after this long, in milliseconds.
const patience = 400;
let isBusy = false;

export function wait(host, component) {
  if (!host) { return null; }
  const part = { host, component };
  waiting.add(part);
  next();
  return { stop: () => waiting.delete(part) };
}

const first = () => [...waiting].reduce((best, part) =>
  !best || part.host.compareDocumentPosition(best.host) & Node.DOCUMENT_POSITION_FOLLOWING ? part : best, null);

function next() {
  if (isBusy || waiting.size === 0) { return; }
  isBusy = true;
  requestIdleCallback(async () => {
    const part = first();
    if (part) {
      waiting.delete(part);
      await part.component.invokeMethodAsync('Show').catch(() => { /* the circuit is gone; boot.js knows */ });
    }

    isBusy = false;
    next();
  }, { timeout: patience });
}
