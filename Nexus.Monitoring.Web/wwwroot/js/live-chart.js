import { ChartData } from './chart-data.js';
import * as format from './chart-format.js';
import { frame, paint } from './chart-paint.js';

// A canvas that is fed deltas. Crosshair and readouts never go to the server; all charts on the page share one instant.
const charts = new Set();

export function create(host, settings) {
  return new LiveChart(host, settings);
}

class LiveChart {
  data = new ChartData();
  cursor = -1;
  width = 0;
  height = 0;
  pinned = null;

  constructor(host, settings) {
    this.host = host;
    this.plot = host.querySelector('.chart-plot');
    this.canvas = host.querySelector('canvas');
    this.announcer = host.querySelector('.chart-announcer');
    this.context = this.canvas.getContext('2d');
    this.configure(settings);

    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(this.plot);
    this.abort = new AbortController();
    const on = (target, name, action) => target.addEventListener(name, action, { signal: this.abort.signal });
    on(this.plot, 'pointermove', event => this.point(event));
    on(this.plot, 'pointerleave', () => share(null));
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
    this.restyle();
  }

  push(bytes) {
    this.data.push(bytes);
    this.draw();
  }

  dispose() {
    this.abort.abort();
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
      colours: this.series.map(entry => read(entry.colour)),
      mark: read,
    };
    this.draw();
  }

  // One frame at most, and none while nobody can see it.
  draw() {
    if (this.frame || document.hidden) { return; }
    this.frame = requestAnimationFrame(() => {
      this.frame = null;
      this.resize();
      paint(this.context, this);
      this.readout();
      if (this.data.length > 0) { this.host.dataset.drawn = ''; }
    });
  }

  resize() {
    const ratio = devicePixelRatio || 1;
    const { clientWidth, clientHeight } = this.plot;
    if (clientWidth !== this.width || clientHeight !== this.height || ratio !== this.ratio) {
      [this.width, this.height, this.ratio] = [clientWidth, clientHeight, ratio];
      this.canvas.width = Math.round(clientWidth * ratio);
      this.canvas.height = Math.round(clientHeight * ratio);
      this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    }

    if (this.pinned !== null) { this.cursor = this.data.indexAt(this.pinned); }
  }

  readout() {
    const index = this.cursor >= 0 && this.cursor < this.data.length ? this.cursor : this.data.length - 1;
    if (index < 0) { return; }
    for (const element of this.host.querySelectorAll('[data-series]')) {
      const value = this.data.values[index][Number(element.dataset.series)];
      set(element, format.value(value, this.unit));
      element.classList.toggle('is-zero', !(value > 0));
    }

    const total = this.host.querySelector('[data-total]');
    if (total) { set(total, format.value(this.data.total(index), this.unit)); }
    const when = this.host.querySelector('[data-when]');
    if (when) { set(when, this.cursor >= 0 ? `at ${format.clock(this.data.times[index], true)}` : when.dataset.when); }
  }

  point(event) {
    const box = frame(this);
    const inside = (event.offsetX - box.left) / box.width;
    share(inside < 0 || inside > 1 ? null : this.data.start + inside * (this.data.end - this.data.start));
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
    set(this.announcer, `${format.clock(this.data.times[index], true)}: ${parts.join(', ') || 'nothing'}`);
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
