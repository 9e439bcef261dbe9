import * as format from './chart-format.js';
import { heat, heatRow, rowLabels, rowWidth } from './chart-heat.js';

// Draws one frame onto a canvas. Knows nothing of the page around it.
export const margins = { top: 10, right: 12, bottom: 24, left: 44 };

// Beside what is drawn stands as much as its labels need, in steps, so that a number that grows does not shake it.
export function frame(chart) {
  const left = Math.max(margins.left, chart.labels?.left ?? 0);
  const right = chart.kind === 'bands' ? Math.max(82, chart.labels?.right ?? 0) : margins.right;
  return {
    left,
    top: margins.top,
    width: Math.max(1, chart.width - left - right),
    height: Math.max(1, chart.height - margins.top - margins.bottom),
  };
}

export function paint(context, chart) {
  const { data, theme } = chart;
  chart.labels = { left: chart.kind === 'heat' ? room(rowWidth(context, chart)) : 0, right: chart.kind === 'bands' ? room(edgeWidth(context, chart)) : 0 };
  const box = frame(chart);
  const stacked = chart.kind === 'stack';
  const isHeat = chart.kind === 'heat';
  const step = isHeat ? 1 : format.niceStep(data.maximum(stacked), 4, chart.unit === 'count');
  const top = step * 4;
  const x = time => box.left + (time - data.start) / (data.end - data.start) * box.width;
  const y = value => box.top + box.height - value / top * box.height;

  context.clearRect(0, 0, chart.width, chart.height);
  context.font = theme.font;
  context.lineJoin = 'round';
  if (isHeat) { rowLabels(context, chart, box); } else { grid(context, chart, box, step, y); }
  times(context, chart, box, x);
  if (data.length > 0) {
    context.save();
    context.beginPath();
    context.rect(box.left, box.top - 2, box.width, box.height + 2);
    context.clip();
    ({ stack, bands, lines, heat }[chart.kind])(context, chart, x, y, box);
    context.restore();
    if (chart.kind === 'bands') { edgeLabels(context, chart, box, y); }
  }

  marks(context, chart, box, x);
  if (chart.brush) { brush(context, chart, box, x); }
  if (chart.cursor >= 0 && chart.cursor < data.length) { crosshair(context, chart, box, x(data.times[chart.cursor])); }
}

function grid(context, { theme, unit }, box, step, y) {
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (let i = 0; i <= 4; i++) {
    const at = Math.round(y(step * i)) + 0.5;
    context.strokeStyle = i === 0 ? theme.axisLine : theme.grid;
    context.lineWidth = 1;
    line(context, box.left, at, box.left + box.width, at);
    context.fillStyle = theme.axis;
    const label = axisLabels[unit]?.(step * i, step, i === 4) ?? format.whole(step * i);
    context.fillText(label, box.left - 8, at);
  }
}

const axisSeconds = (value, step, last) => {
  if (value === 0) { return '0'; }
  if (step >= 60) { return `${+(value / 60).toFixed(1)}${last ? ' min' : ''}`; }
  return step < 0.25 ? `${Math.round(value * 1000)}${last ? ' ms' : ''}` : `${+value.toFixed(1)}${last ? ' s' : ''}`;
};

const rate = (value, step) => step >= 1 && Number.isInteger(step) ? format.whole(value) : String(+value.toFixed(step < 0.1 ? 2 : 1));
const axisLabels = {
  seconds: axisSeconds,
  perSecond: rate,
  perMinute: rate,
  percent: (value, step, last) => `${+(value * 100).toFixed(Number.isInteger(+(step * 100).toFixed(4)) ? 0 : 1)}${last ? ' %' : ''}`,
};

const tickSeconds = [5, 10, 30, 60, 150, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800];

function times(context, { data, theme, stale, endsNow }, box, x) {
  const wanted = Math.max(2, Math.floor(box.width / 70));
  const step = tickSeconds.find(seconds => data.windowSeconds / seconds <= wanted) ?? 2_592_000;
  context.fillStyle = theme.axis;
  context.textBaseline = 'top';
  context.textAlign = 'right';
  const now = stale || !endsNow ? format.instant(data.end, data.windowSeconds) : 'now';
  const right = box.left + box.width;
  context.fillText(now, right, box.top + box.height + 8);
  const free = right - context.measureText(now).width - 34;
  context.textAlign = 'center';
  for (let time = Math.ceil(data.start / step / 1000) * step * 1000; time < data.end; time += step * 1000) {
    const at = x(time);
    if (at >= box.left + 14 && at <= free) {
      const label = step >= 86_400 || (data.windowSeconds > 86_400 && time % 86_400_000 === 0)
        ? format.day(time)
        : format.clock(time, step % 60 !== 0 && time % 60_000 !== 0);
      context.fillText(label, at, box.top + box.height + 8);
    }
  }
}

function stack(context, { data, theme, series }, x, y) {
  const lower = new Float64Array(data.length);
  for (let s = 0; s < series.length; s++) {
    const upper = lower.map((base, i) => base + (data.values[i][s] || 0));
    if (upper.some((value, i) => value > lower[i])) {
      context.beginPath();
      for (let i = 0; i < data.length; i++) { context.lineTo(x(data.times[i]), y(upper[i])); }
      for (let i = data.length - 1; i >= 0; i--) { context.lineTo(x(data.times[i]), y(lower[i])); }
      context.closePath();
      context.fillStyle = theme.colours[s];
      context.fill();
      context.strokeStyle = theme.surface;
      context.lineWidth = 0.75;
      context.stroke();
    }

    lower.set(upper);
  }
}

// Gaps stay gaps; a single point is a dot.
function lines(context, { data, theme, series }, x, y) {
  context.lineWidth = 1.5;
  for (let s = 0; s < series.length; s++) {
    context.strokeStyle = theme.colours[s];
    context.fillStyle = theme.colours[s];
    for (const [from, to] of runs(data, s)) {
      if (from === to) {
        context.fillRect(x(data.times[from]) - 1.5, y(data.values[from][s]) - 1.5, 3, 3);
        continue;
      }

      context.beginPath();
      for (let i = from; i <= to; i++) { context.lineTo(x(data.times[i]), y(data.values[i][s])); }
      context.stroke();
    }
  }
}

// Series are percentiles from low to high: one line for each at the median and the last but one, bands between.
function bands(context, { data, theme, series }, x, y) {
  for (const [from, to] of runs(data)) {
    if (from === to) {
      point(context, { data, theme, series }, from, x, y);
      continue;
    }

    for (let s = series.length - 1; s > 0; s--) {
      context.beginPath();
      for (let i = from; i <= to; i++) { context.lineTo(x(data.times[i]), y(data.values[i][s])); }
      for (let i = to; i >= from; i--) { context.lineTo(x(data.times[i]), y(data.values[i][s - 1])); }
      context.closePath();
      context.fillStyle = theme.colours[s];
      context.fill();
    }

    for (const [s, width] of [[0, 2], [series.length - 2, 1]]) {
      context.beginPath();
      for (let i = from; i <= to; i++) { context.lineTo(x(data.times[i]), y(data.values[i][s])); }
      context.strokeStyle = theme.colours[0];
      context.lineWidth = width;
      context.stroke();
    }
  }
}

// A single point has no width of its own.
function point(context, { data, theme, series }, index, x, y) {
  const left = x(data.times[index]) - 1.5;
  for (let s = series.length - 1; s > 0; s--) {
    const upper = y(data.values[index][s]);
    context.fillStyle = theme.colours[s];
    context.fillRect(left, upper, 3, y(data.values[index][s - 1]) - upper);
  }

  context.fillStyle = theme.colours[0];
  context.fillRect(left, y(data.values[index][0]) - 1, 3, 2);
}

function* runs(data, series = 0) {
  let from = -1;
  for (let i = 0; i <= data.length; i++) {
    const known = i < data.length && !Number.isNaN(data.values[i][series]);
    if (known && from < 0) { from = i; }
    if (!known && from >= 0) {
      yield [from, i - 1];
      from = -1;
    }
  }
}

const room = width => width === 0 ? 0 : Math.ceil((width + 15) / 12) * 12;

// Name and value of each percentile, at the crosshair or at the end.
function edgeTexts({ data, series, unit, cursor }) {
  const values = data.values[cursor >= 0 && cursor < data.length ? cursor : data.length - 1];
  return !values || Number.isNaN(values[0]) ? [] : series.map((entry, s) => ({ text: entry.name, value: format.value(values[s], unit), number: values[s] }));
}

function edgeWidth(context, chart) {
  context.font = chart.theme.fontStrong;
  return Math.max(0, ...edgeTexts(chart).map(label => context.measureText(`${label.text} ${label.value}`).width));
}

function edgeLabels(context, chart, box, y) {
  const { theme } = chart;
  const labels = edgeTexts(chart).map(label => ({ ...label, at: y(label.number) }));
  let below = box.top + box.height + 2;
  for (const label of labels) {
    label.at = Math.min(label.at, below);
    below = label.at - 15;
  }

  let above = box.top - 4;
  for (const label of labels.toReversed()) {
    label.at = Math.max(label.at, above);
    above = label.at + 15;
  }

  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const label of labels) {
    const left = box.left + box.width + 7;
    context.font = theme.font;
    context.fillStyle = theme.text2;
    context.fillText(label.text, left, label.at);
    const width = context.measureText(label.text + ' ').width;
    context.font = theme.fontStrong;
    context.fillStyle = theme.text1;
    context.fillText(label.value, left + width, label.at);
  }

  context.font = theme.font;
}

function marks(context, { data, theme, marks: entries }, box, x) {
  context.textBaseline = 'top';
  let free = Infinity;
  for (const mark of entries.toSorted((a, b) => b.time - a.time)) {
    if (mark.time < data.start || mark.time > data.end) { continue; }
    const at = Math.round(x(mark.time)) + 0.5;
    context.strokeStyle = theme.mark(mark.colour);
    context.lineWidth = 1;
    context.setLineDash([3, 3]);
    line(context, at, box.top, at, box.top + box.height);
    context.setLineDash([]);
    const width = context.measureText(mark.label).width;
    const left = at - width - 6 > box.left ? at - width - 5 : at + 5;
    // Labels that would overlap stay away; the dashed line and the table twin still tell.
    if (left + width + 6 > free) { continue; }
    free = left;
    context.fillStyle = theme.surface;
    context.fillRect(left - 2, box.top - 2, width + 4, 14);
    context.fillStyle = theme.text2;
    context.textAlign = 'left';
    context.fillText(mark.label, left, box.top - 1);
  }
}

function brush(context, { brush: [from, to], theme, data }, box, x) {
  const at = time => Math.min(Math.max(x(Math.min(Math.max(time, data.start), data.end)), box.left), box.left + box.width);
  const [left, right] = [at(Math.min(from, to)), at(Math.max(from, to))];
  context.fillStyle = theme.accentSoft;
  context.globalAlpha = 0.45;
  context.fillRect(left, box.top, right - left, box.height);
  context.globalAlpha = 1;
  context.strokeStyle = theme.accent;
  context.lineWidth = 1;
  for (const edge of [left, right]) { line(context, Math.round(edge) + 0.5, box.top, Math.round(edge) + 0.5, box.top + box.height); }
}

function crosshair(context, chart, box, at) {
  const { data, theme, cursor } = chart;
  if (chart.kind === 'heat') { heatRow(context, chart, box, at); }
  context.strokeStyle = theme.marker;
  context.lineWidth = 1;
  const column = Math.round(at) + 0.5;
  line(context, column, box.top, column, box.top + box.height);
  const label = format.instant(data.times[cursor], data.windowSeconds);
  const width = context.measureText(label).width + 10;
  const left = Math.min(Math.max(column - width / 2, box.left), box.left + box.width - width);
  context.fillStyle = theme.marker;
  context.beginPath();
  context.roundRect(left, box.top + box.height + 4, width, 18, 3);
  context.fill();
  context.fillStyle = theme.surface;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(label, left + width / 2, box.top + box.height + 13.5);
}

function line(context, x1, y1, x2, y2) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}
