// Arranging a board by pointer: a handle moves its tile, the right edge resizes it. What the server then draws is what counts.
const columns = 12;

export function arrange(grid, board) {
  const abort = new AbortController();
  grid.addEventListener('pointerdown', event => {
    const tile = event.target.closest('[data-tile]');
    if (event.button !== 0 || !tile) { return; }
    if (event.target.closest('[data-resize]')) { begin(event, tile, resizing(grid, tile)); }
    else if (event.target.closest('[data-handle]')) { begin(event, tile, moving(grid, tile)); }
  }, { signal: abort.signal });

  function begin(event, tile, work) {
    event.preventDefault();
    const source = event.target.closest('[data-resize], [data-handle]');
    source.setPointerCapture(event.pointerId);
    source.focus?.();
    tile.classList.add('is-held');
    const stop = new AbortController();
    const on = (name, action) => source.addEventListener(name, action, { signal: stop.signal });
    const end = async take => {
      stop.abort();
      tile.classList.remove('is-held');
      const change = work.end(take);
      if (change) {
        try { await board.invokeMethodAsync(...change); } catch { /* the circuit is gone; boot.js knows */ }
      }
    };

    on('pointermove', moved => work.move(moved));
    on('pointerup', () => end(true));
    on('pointercancel', () => end(false));
  }

  return { stop: () => abort.abort() };
}

function moving(grid, tile) {
  const tiles = () => [...grid.querySelectorAll('[data-tile]')];
  let target = null;
  const mark = (next, side) => {
    target?.tile.classList.remove('drop-before', 'drop-after');
    target = next ? { tile: next, side } : null;
    next?.classList.add(side === 'before' ? 'drop-before' : 'drop-after');
  };

  return {
    move(event) {
      const under = document.elementsFromPoint(event.clientX, event.clientY).map(element => element.closest('[data-tile]')).find(found => found && grid.contains(found));
      if (!under || under === tile) { mark(null); return; }
      const box = under.getBoundingClientRect();
      mark(under, event.clientX < box.left + box.width / 2 ? 'before' : 'after');
    },
    end(take) {
      const chosen = target;
      mark(null);
      if (!take || !chosen) { return null; }
      const others = tiles().filter(other => other !== tile);
      return ['PlaceAsync', tile.dataset.tile, others.indexOf(chosen.tile) + (chosen.side === 'after' ? 1 : 0)];
    },
  };
}

function resizing(grid, tile) {
  const before = tile.style.getPropertyValue('--span');
  let width = Number(before);
  return {
    move(event) {
      const column = grid.clientWidth / columns;
      const wanted = Math.round((event.clientX - tile.getBoundingClientRect().left) / column);
      width = Math.min(Math.max(wanted, 3), columns);
      tile.style.setProperty('--span', width);
    },
    end(take) {
      if (!take || width === Number(before)) { tile.style.setProperty('--span', before); return null; }
      return ['WidenAsync', tile.dataset.tile, width];
    },
  };
}
