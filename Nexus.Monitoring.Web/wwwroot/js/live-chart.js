import { ChartData } from './chart-data.js';
import * as format from './chart-format.js';
import { cellText, rowAt } from './chart-heat.js';
import { frame, paint } from './chart-paint.js';
import { paintNever, paintSoon } from './frames.js';

// A canvas that is fed deltas. Crosshair and readouts never go to the server; all charts on the page share one instant. A part
// of the time that was drawn over goes to the server, where somebody listens.
const charts = new Set();

// Less than this is a click.
const brushPixels = 6;

export function create(host, settings, listener) {
  return host ? new LiveChart(host, settings, listener) : null;
}

class LiveChart {
  data = new ChartData();
  cursor = -1;
  width = 0;
  height = 0;
  pinned = null;
  row = -1;
  brush = null;

  constructor(host, settings, listener) {
    this.host = host;
    this.listener = listener;
    this.plot = host.querySelector('.chart-plot');
    this.canvas = host.querySelector('canvas');
    this.announcer = host.querySelector('.chart-announcer');
    this.context = this.canvas.getContext('2d');
    this.configure(settings);

    // It tells the size without the page being laid out for it once more.
    this.sizes = new ResizeObserver(([{ contentRect }]) => {
      [this.plotWidth, this.plotHeight] = [contentRect.width, contentRect.height];
      this.draw();
    });
    this.sizes.observe(this.plot);
    this.abort = new AbortController();
    const on = (target, name, action) => target.addEventListener(name, action, { signal: this.abort.signal });
    on(this.plot, 'pointermove', event => this.point(event));
    on(this.plot, 'pointerleave', () => { this.row = -1; share(null); });
    if (listener) {
      this.plot.classList.add('can-zoom');
      on(this.plot, 'pointerdown', event => this.beginBrush(event));
      on(this.plot, 'pointerup', () => this.endBrush(true));
      on(this.plot, 'pointercancel', () => this.endBrush(false));
    }

    on(this.plot, 'blur', () => share(null));
    on(this.plot, 'keydown', event => this.key(event));
    on(document, 'visibilitychange', () => this.draw());
    on(window, 'nexus:theme', () => this.restyle());
    charts.add(this);
  }

  configure(settings) {
    this.kind = settings.kind;
    this.unit = settings.unit;
    this.series = settings.series;
    this.marks = settings.marks;
    this.stale = settings.stale;
    this.endsNow = settings.endsNow;
    this.step = settings.step;
    this.overall = settings.overall;
    this.lowest = settings.lowest;
    this.restyle();
  }

  push(bytes) {
    this.data.push(bytes);
    this.draw();
  }

  dispose() {
    this.abort.abort();
    paintNever(this.paintNow);
    this.sizes.disconnect();
    charts.delete(this);
  }

  restyle() {
    const style = getComputedStyle(document.documentElement);
    const read = name => style.getPropertyValue(name).trim();
    const font = `${read('--nx-fs-1')} ${read('--nx-font-sans')}`;
    this.theme = {
      font,
      fontStrong: `${read('--nx-fw-strong')} ${font}`,
      grid: read('--nx-chart-grid'),
      axis: read('--nx-chart-axis'),
      axisLine: read('--nx-border-2'),
      surface: read('--nx-surface-1'),
      marker: read('--nx-chart-marker'),
      text1: read('--nx-text-1'),
      text2: read('--nx-text-2'),
      accent: read('--nx-accent-solid'),
      accentSoft: read('--nx-accent-line'),
      colours: this.series.map(entry => read(entry.colour)),
      mark: read,
    };
    this.draw();
  }

  // Not while nobody can see it.
  draw() {
    if (!document.hidden && this.plotWidth > 0) { paintSoon(this.paintNow); }
  }

  paintNow = () => {
    this.resize();
    paint(this.context, this);
    this.readout();
    if (this.data.length > 0) { this.host.dataset.drawn = ''; }
  };

  resize() {
    const ratio = devicePixelRatio || 1;
    const { plotWidth, plotHeight } = this;
    if (plotWidth !== this.width || plotHeight !== this.height || ratio !== this.ratio) {
      [this.width, this.height, this.ratio] = [plotWidth, plotHeight, ratio];
      this.canvas.width = Math.round(plotWidth * ratio);
      this.canvas.height = Math.round(plotHeight * ratio);
      this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    }

    if (this.pinned !== null) { this.cursor = this.data.indexAt(this.pinned); }
  }

  readout() {
    const isAt = this.cursor >= 0 && this.cursor < this.data.length;
    const cell = this.host.querySelector('[data-cell]');
    if (cell) { set(cell, isAt ? cellText(this) : cell.dataset.cell); }
    const index = isAt ? this.cursor : this.data.length - 1;
    if (index < 0) { return; }
    const values = !isAt && this.overall ? this.overall.map(value => value ?? NaN) : this.data.values[index];
    for (const element of this.host.querySelectorAll('[data-series]')) {
      const value = values[Number(element.dataset.series)];
      set(element, format.value(value, this.unit));
      element.classList.toggle('is-zero', !(value > 0));
    }

    const total = this.host.querySelector('[data-total]');
    if (total) { set(total, format.value(values.reduce((sum, value) => sum + (value || 0), 0), this.unit)); }
    const when = this.host.querySelector('[data-when]');
    if (when) { set(when, this.cursor >= 0 ? `at ${format.instant(this.data.times[index], this.data.windowSeconds)}` : when.dataset.when); }
  }

  point(event) {
    const box = frame(this);
    const inside = (event.offsetX - box.left) / box.width;
    const time = this.timeAt(event);
    this.row = this.kind === 'heat' ? rowAt(this, box, event.offsetY) : -1;
    if (this.brush) { this.brush[1] = time; }
    // A column stands for the time from where it begins.
    share(inside < 0 || inside > 1 ? null : this.kind === 'heat' ? time - this.step / 2 : time);
  }

  timeAt(event) {
    const box = frame(this);
    return this.data.start + (event.offsetX - box.left) / box.width * (this.data.end - this.data.start);
  }

  beginBrush(event) {
    // A finger scrolls the page.
    if (event.button !== 0 || event.pointerType === 'touch') { return; }
    const time = this.timeAt(event);
    this.brush = [time, time];
    this.plot.setPointerCapture(event.pointerId);
  }

  endBrush(isMeant) {
    if (!this.brush) { return; }
    const [from, to] = this.brush.toSorted((a, b) => a - b).map(time => Math.min(Math.max(time, this.data.start), this.data.end));
    this.brush = null;
    this.draw();
    const pixels = (to - from) / (this.data.end - this.data.start) * frame(this).width;
    if (isMeant && pixels >= brushPixels) { this.listener.invokeMethodAsync('Brush', from, to).catch(() => { /* the circuit is gone; boot.js knows */ }); }
  }

  key(event) {
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12 };
    if (event.key === 'Escape' && this.pinned !== null) {
      event.stopPropagation();
      share(null);
    } else if (event.key in steps && this.data.length > 0) {
      event.preventDefault();
      const from = this.cursor >= 0 ? this.cursor : this.data.length - 1;
      const to = Math.min(Math.max(from + steps[event.key], 0), this.data.length - 1);
      share(this.data.times[to]);
      this.announce(to);
    }
  }

  announce(index) {
    const parts = this.series
      .map((entry, s) => [entry.name, this.data.values[index][s]])
      .filter(([, value]) => value > 0)
      .map(([name, value]) => `${name} ${format.value(value, this.unit)}`);
    set(this.announcer, `${format.instant(this.data.times[index], this.data.windowSeconds)}: ${parts.join(', ') || 'nothing'}`);
  }
}

function share(time) {
  for (const chart of charts) {
    chart.pinned = time;
    chart.cursor = time === null ? -1 : chart.data.indexAt(time);
    chart.draw();
  }
}

const set = (element, text) => { if (element.textContent !== text) { element.textContent = text; } };
