// Dragging the instant, and the keys of the time machine. The marker follows the pointer at once; the server is asked for one instant after the other.
const editable = 'input:not([type=checkbox]), textarea, select, [contenteditable]';
const pressable = 'button, a, summary, [role=button]';
const keys = [' ', ',', '.', '[', ']', '+', '-', 'l'];
const sliderKeys = ['ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'];

export function watch(strip, component) {
  const abort = new AbortController();
  const on = (target, name, action) => target.addEventListener(name, action, { signal: abort.signal });
  let wanted = null;
  let asking = false;
  let leader = -Infinity;

  const call = (name, argument) => component.invokeMethodAsync(name, argument).catch(() => { /* the circuit is gone; boot.js knows */ });

  async function ask() {
    if (asking) { return; }
    asking = true;
    while (wanted !== null) {
      const part = wanted;
      wanted = null;
      await call('SeekAsync', part);
    }

    asking = false;
    if (!strip.classList.contains('is-dragged')) { strip.style.removeProperty('--drag'); }
  }

  function drag(event) {
    const box = strip.getBoundingClientRect();
    wanted = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    strip.style.setProperty('--drag', `${wanted * 100}%`);
    void ask();
  }

  on(strip, 'pointerdown', event => {
    if (event.button !== 0) { return; }
    strip.setPointerCapture(event.pointerId);
    strip.classList.add('is-dragged');
    drag(event);
  });
  on(strip, 'pointermove', event => { if (strip.classList.contains('is-dragged')) { drag(event); } });
  for (const end of ['pointerup', 'pointercancel']) {
    on(strip, end, () => {
      strip.classList.remove('is-dragged');
      if (!asking) { strip.style.removeProperty('--drag'); }
    });
  }

  on(strip, 'keydown', event => {
    if (sliderKeys.includes(event.key)) {
      event.preventDefault();
      void call('KeyAsync', event.key);
    }
  });
  on(document, 'keydown', event => {
    const focused = document.activeElement;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented
      || focused?.matches(editable) || document.querySelector('dialog[open], :popover-open')) {
      return;
    }

    // What follows "g" is a place to go to.
    const isChord = performance.now() - leader < 1200;
    leader = event.key === 'g' && !isChord ? performance.now() : -Infinity;
    if (isChord || !keys.includes(event.key) || (event.key === ' ' && focused?.matches(pressable))) { return; }
    event.preventDefault();
    void call('KeyAsync', event.key);
  });
  strip.dataset.ready = '';
  return { stop: () => abort.abort() };
}
