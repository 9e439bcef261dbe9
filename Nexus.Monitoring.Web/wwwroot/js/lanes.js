import { paintNever, paintSoon } from './frames.js';

// The lanes of workers: each canvas[data-worker] inside the host shows what its worker did, newest right. Fed by deltas:
// { reset, now, window, known, stale, colours, ended, open }, the last two bytes of pieces: i32 worker, u8 number of its colour, u8 marks, two of nothing, f64 from,
// f64 to. Here a piece is [worker, colour token, marks, from, to] in Unix milliseconds.
// What a piece is and where it leads is known to the teller: DescribeAsync and OpenAsync(worker, from).
const SIZE = 24;
const FAILED = 1;
const ORPHANED = 2;
const OPEN = 4;
const SILENT = 8;
// How far beside a piece the pointer may be, in pixels, and how long it rests before somebody asks what it is.
const NEAR = 3;
const REST = 120;
// In pixels; what is no wider is drawn together with its neighbours.
const WIDE = 3;

export function create(host, teller) {
  return host ? new Lanes(host, teller) : null;
}

class Lanes {
  ended = new Map();
  open = new Map();
  at = null;
  pointed = null;

  constructor(host, teller) {
    this.host = host;
    this.teller = teller;
    this.abort = new AbortController();
    this.restyle();
    window.addEventListener('nexus:theme', () => this.restyle(), { signal: this.abort.signal });
    document.addEventListener('visibilitychange', () => this.draw(), { signal: this.abort.signal });
    host.addEventListener('pointermove', event => this.point(event), { signal: this.abort.signal });
    host.addEventListener('click', event => this.follow(event), { signal: this.abort.signal });
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(host);
    // Rows come and go while a long list is scrolled.
    this.rows = new MutationObserver(() => this.draw());
    this.rows.observe(host, { childList: true, subtree: true });
  }

  push(message) {
    if (message.reset) { this.ended.clear(); }
    const oldest = message.now - message.window;
    for (const piece of read(message.ended, message.colours)) { list(this.ended, piece[0]).push(piece); }
    for (const [worker, pieces] of this.ended) {
      let gone = 0;
      while (gone < pieces.length && pieces[gone][4] < oldest) { gone++; }
      if (gone === pieces.length) { this.ended.delete(worker); } else if (gone > 0) { pieces.splice(0, gone); }
    }

    this.open.clear();
    for (const piece of read(message.open, message.colours)) { list(this.open, piece[0]).push(piece); }
    this.at = message;
    this.draw();
  }

  dispose() {
    this.abort.abort();
    clearTimeout(this.rest);
    paintNever(this.paintNext);
    this.sizes.disconnect();
    this.rows.disconnect();
  }

  restyle() {
    const style = getComputedStyle(document.documentElement);
    const cache = new Map();
    this.colour = token => {
      if (!cache.has(token)) { cache.set(token, style.getPropertyValue(token).trim()); }
      return cache.get(token);
    };
    this.draw();
  }

  point(event) {
    const canvas = event.target.closest('canvas[data-worker]');
    const piece = canvas && this.under(canvas, event.clientX);
    if (piece === this.pointed) { return; }
    this.pointed = piece;
    clearTimeout(this.rest);
    if (!canvas) { return; }
    canvas.title = '';
    canvas.style.cursor = piece ? 'pointer' : '';
    if (piece) {
      this.rest = setTimeout(async () => {
        const text = await this.ask('DescribeAsync', piece);
        if (this.pointed === piece) { canvas.title = text ?? ''; }
      }, REST);
    }
  }

  follow(event) {
    const canvas = event.target.closest('canvas[data-worker]');
    const piece = canvas && this.under(canvas, event.clientX);
    if (piece) { this.ask('OpenAsync', piece); }
  }

  // Null when the circuit is gone; boot.js knows.
  ask(what, piece) {
    return this.teller.invokeMethodAsync(what, piece[0], piece[3]).catch(() => null);
  }

  // The piece that was painted last of those at or near this place; null for none.
  under(canvas, clientX) {
    if (!this.at) { return null; }
    const box = canvas.getBoundingClientRect();
    const near = this.at.window / box.width * NEAR;
    const time = this.at.now - this.at.window + (clientX - box.left) / box.width * this.at.window;
    const away = piece => Math.max(piece[3] - time, time - piece[4], 0);
    return this.of(Number(canvas.dataset.worker)).reduce(
      (best, piece) => away(piece) <= Math.min(near, best ? away(best) : near) ? piece : best, null);
  }

  of(worker) {
    return [...(this.ended.get(worker) ?? []), ...(this.open.get(worker) ?? [])];
  }

  // Not while nobody can see it.
  draw() {
    if (document.hidden || !this.at) { return; }
    this.unpainted = null;
    paintSoon(this.paintNext);
  }

  // One lane. All are measured before any is painted: each that is given its size moves the page.
  paintNext = () => {
    this.unpainted ??= [...this.host.querySelectorAll('canvas[data-worker]')].map(canvas => [canvas, canvas.clientWidth, canvas.clientHeight]).reverse();
    const next = this.unpainted.pop();
    if (next) { this.paint(...next); }
    if (this.unpainted.length > 0) { return true; }
    this.host.dataset.drawn = '';
    return false;
  };

  paint(canvas, width, height) {
    const ratio = devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }

    const context = canvas.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const { now, window: span, known } = this.at;
    const start = now - span;
    const x = time => (Math.min(Math.max(time, start), now) - start) / span * width;
    const [top, bottom] = [4, height - 4];
    context.fillStyle = this.colour('--nx-surface-2');
    context.fillRect(x(known), top, width - x(known), bottom - top);

    const pieces = this.of(Number(canvas.dataset.worker));
    // Narrow pieces share columns of pixels, the last one wins: a lane costs what it shows, not how much was done in it.
    const columns = new Array(Math.ceil(width * ratio));
    const wide = [];
    for (const piece of pieces) {
      const [, token, marks, from, to] = piece;
      if (to < start || marks & SILENT) { continue; }
      if ((to - from) / span * width > WIDE || marks & ORPHANED) { wide.push(piece); continue; }
      const [first, last] = [Math.floor(x(from) * ratio), Math.ceil(x(to) * ratio)];
      for (let column = first; column <= last && column < columns.length; column++) { columns[column] = token; }
    }

    for (let column = 0; column < columns.length;) {
      const token = columns[column];
      let end = column + 1;
      while (end < columns.length && columns[end] === token) { end++; }
      if (token) {
        context.fillStyle = this.colour(token);
        context.fillRect(column / ratio, top, (end - column) / ratio, bottom - top);
      }
      column = end;
    }

    for (const [, token, marks, from, to] of wide) {
      const [left, right] = [x(from), x(to)];
      context.globalAlpha = marks & ORPHANED ? 0.45 : 1;
      context.fillStyle = this.colour(token);
      // A hairline between one attempt and the next, where there is room for it.
      context.fillRect(left, top, Math.max(right - left - (marks & OPEN ? 0 : 0.75), 0.75), bottom - top);
      context.globalAlpha = 1;
    }

    for (const [, , marks, from, to] of pieces) {
      if (to >= start && marks & SILENT) { this.hatch(context, x(from), x(to), top, bottom); }
    }

    context.fillStyle = this.colour('--nx-st-failed-fill');
    let failed = -1;
    for (const [, , marks, , to] of pieces) {
      if (to < start || !(marks & FAILED)) { continue; }
      const column = Math.round(Math.min(x(to), width - 2) - 1);
      if (column !== failed) { context.fillRect(column, 0, 2, height); }
      failed = column;
    }
  }

  hatch(context, left, right, top, bottom) {
    context.save();
    context.beginPath();
    context.rect(left, top, Math.max(right - left, 2), bottom - top);
    context.clip();
    context.fillStyle = this.colour('--nx-surface-1');
    context.fillRect(left, top, Math.max(right - left, 2), bottom - top);
    context.strokeStyle = this.colour('--nx-st-orphaned-fill');
    context.lineWidth = 1.25;
    context.beginPath();
    for (let at = left - (bottom - top); at < right; at += 5) {
      context.moveTo(at, bottom);
      context.lineTo(at + (bottom - top), top);
    }

    context.stroke();
    context.restore();
    context.fillStyle = this.colour('--nx-st-orphaned-fill');
    context.fillRect(left, top, 1.5, bottom - top);
  }
}

function* read(bytes, colours) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.byteLength; at += SIZE) {
    yield [view.getInt32(at, true), colours[view.getUint8(at + 4)], view.getUint8(at + 5), view.getFloat64(at + 8, true), view.getFloat64(at + 16, true)];
  }
}

const list = (map, key) => {
  let found = map.get(key);
  if (!found) { map.set(key, found = []); }
  return found;
};
