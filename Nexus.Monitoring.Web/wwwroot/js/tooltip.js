// What is under the pointer on a row of bars, in a box beside it: data-tip of the bar, a heading and lines of a name and a value apart by a tab.
// The row is a link as a whole, so the bar is found by its place.
const near = 4;
let box = null;
let shown = null;

function at(event) {
  if (event.pointerType === 'touch') { return null; }
  const row = event.target.closest?.('.track-row');
  if (!row) { return null; }
  let best = null;
  for (const bar of row.querySelectorAll('[data-tip]')) {
    const place = bar.getBoundingClientRect();
    const distance = Math.max(place.left - event.clientX, event.clientX - place.right, 0);
    // Of two that touch, the later one lies on top.
    if (distance <= near && (!best || distance <= best.distance)) { best = { bar, distance }; }
  }

  return best?.bar ?? null;
}

function fill(text) {
  const [heading, ...lines] = text.split('\n');
  const title = document.createElement('b');
  title.textContent = heading;
  const list = document.createElement('dl');
  list.className = 'keyvalue';
  for (const line of lines) {
    const [name, value] = line.split('\t');
    const [term, definition] = [document.createElement('dt'), document.createElement('dd')];
    term.textContent = name;
    definition.textContent = value;
    list.append(term, definition);
  }

  box.replaceChildren(title, list);
}

function hide() {
  shown = null;
  box?.classList.remove('is-open');
}

document.addEventListener('pointermove', event => {
  const bar = at(event);
  if (!bar) { if (shown) { hide(); } return; }
  if (!box) {
    box = document.createElement('div');
    box.className = 'tooltip';
    box.setAttribute('role', 'tooltip');
    document.body.append(box);
  }

  if (shown?.bar !== bar || shown.text !== bar.dataset.tip) {
    shown = { bar, text: bar.dataset.tip };
    fill(shown.text);
  }

  box.classList.add('is-open');
  const row = bar.closest('.track-row').getBoundingClientRect();
  const left = Math.min(event.clientX + 14, innerWidth - box.offsetWidth - 8);
  const below = row.bottom + 6;
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${below + box.offsetHeight > innerHeight - 76 ? row.top - box.offsetHeight - 6 : below}px`;
}, { passive: true });
document.addEventListener('scroll', hide, { capture: true, passive: true });
document.addEventListener('pointerdown', hide);
document.addEventListener('keydown', hide);
