// The window of the waterfall, chosen on the chart of phases: draw a new one, move it, pull one of its edges. The server hears of it when the pointer is
// lifted. By keyboard the brush itself is moved and zoomed.
const closeMouse = 6;
const closeTouch = 18;
// Less than this is a click.
const leastPixels = 5;
const leastPart = 0.004;

export function watch(brush, component) {
  if (!brush) { return null; }
  const abort = new AbortController();
  const area = brush.parentElement;
  const chart = area.closest('.gantt');
  const draft = area.querySelector('.brush-draft');
  const on = (target, name, action) => target.addEventListener(name, action, { signal: abort.signal });
  const read = name => Number(brush.dataset[name]);
  const isWhole = () => read('from') <= 0 && read('to') >= read('last') - 0.001;
  let drag = null;
  let aim = null;

  function place(event) {
    const box = area.getBoundingClientRect();
    const [x, width] = [event.clientX - box.left, box.width];
    const isInside = x >= -closeTouch && x <= width + closeTouch && event.clientY >= box.top && event.clientY <= box.bottom;
    const close = event.pointerType === 'touch' ? closeTouch : closeMouse;
    const [from, to] = [read('from') * width, read('to') * width];
    const grip = Math.abs(x - to) <= close ? 'to' : Math.abs(x - from) <= close ? 'from' : x > from && x < to && !isWhole() ? 'move' : 'new';
    return { isInside, grip, width, part: x / width };
  }

  const inside = part => Math.min(Math.max(part, 0), read('last'));

  function show(window) {
    draft.style.left = `${window.from * 100}%`;
    draft.style.width = `${(window.to - window.from) * 100}%`;
    chart.classList.add('is-brushed');
  }

  async function choose(window) {
    await component.invokeMethodAsync('ChooseAsync', window.from, window.to).catch(() => { /* the circuit is gone; boot.js knows */ });
    if (!drag) { chart.classList.remove('is-brushed'); }
  }

  function follow(event) {
    const { part } = place(event);
    const { grip, start, before } = drag;
    if (grip === 'move') {
      const shift = Math.min(Math.max(part - start, -before.from), read('last') - before.to);
      drag.window = { from: before.from + shift, to: before.to + shift };
    } else {
      const fixed = grip === 'from' ? before.to : grip === 'to' ? before.from : inside(start);
      drag.window = { from: Math.min(fixed, inside(part)), to: Math.max(fixed, inside(part)) };
    }

    show(drag.window);
  }

  on(chart, 'pointerdown', event => {
    const at = place(event);
    if (event.button !== 0 || !at.isInside || event.target.closest('a, button')) { return; }
    drag = { grip: at.grip, start: at.part, x: event.clientX, before: { from: read('from'), to: read('to') }, window: null, id: event.pointerId };
  });
  on(chart, 'pointermove', event => {
    if (!drag) {
      const { isInside, grip } = place(event);
      chart.style.cursor = !isInside ? '' : grip === 'move' ? 'grab' : grip === 'new' ? 'crosshair' : 'ew-resize';
      return;
    }

    if (!drag.window && Math.abs(event.clientX - drag.x) < leastPixels) { return; }
    if (!drag.window) { chart.setPointerCapture(drag.id); }
    follow(event);
  });
  for (const end of ['pointerup', 'pointercancel']) {
    on(chart, end, event => {
      const window = drag?.window;
      drag = null;
      if (window && event.type === 'pointerup' && window.to - window.from >= leastPart) { void choose(window); } else { chart.classList.remove('is-brushed'); }
    });
  }

  on(chart, 'dblclick', event => { if (place(event).isInside) { void choose({ from: 0, to: 1 }); } });

  on(brush, 'keydown', async event => {
    const now = aim ?? { from: read('from'), to: read('to') };
    const [length, last] = [now.to - now.from, read('last')];
    const step = length / 10;
    const moved = by => { const shift = Math.min(Math.max(by, -now.from), last - now.to); return { from: now.from + shift, to: now.to + shift }; };
    const zoomed = by => ({ from: Math.max(0, now.from + length * by), to: Math.min(last, now.to - length * by) });
    const next = {
      ArrowLeft: () => event.shiftKey ? { ...now, to: Math.max(now.from + leastPart, now.to - step) } : moved(-step),
      ArrowRight: () => event.shiftKey ? { ...now, to: Math.min(last, now.to + step) } : moved(step),
      PageUp: () => moved(-length),
      PageDown: () => moved(length),
      Home: () => moved(-1),
      End: () => moved(1),
      '+': () => length > leastPart * 2 ? zoomed(0.25) : now,
      '-': () => zoomed(-0.5),
      Escape: () => ({ from: 0, to: 1 }),
    }[event.key]?.();
    if (!next || event.ctrlKey || event.metaKey || event.altKey) { return; }
    event.preventDefault();
    // Several keys may be pressed before the first answer.
    aim = next;
    await choose(next);
    if (aim === next) { aim = null; }
  });
  brush.dataset.ready = '';
  return { stop: () => abort.abort() };
}
