import * as format from './chart-format.js';

// Rows are classes of durations, the shortest at the bottom; series are named by the upper bounds of their rows in seconds.
const rowTop = (chart, box, row) => box.top + box.height - (row + 1) / chart.series.length * box.height;

export function rowAt(chart, box, offsetY) {
  const row = Math.floor((box.top + box.height - offsetY) / box.height * chart.series.length);
  return row >= 0 && row < chart.series.length ? row : -1;
}

export function rowLabels(context, chart, box) {
  const { theme, series } = chart;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  const every = Math.max(2, Math.ceil(series.length / Math.max(2, box.height / 26) / 2) * 2);
  for (let row = -1; row < series.length; row++) {
    const isLabelled = (row + 1) % every === 0;
    if (!isLabelled) { continue; }
    const at = Math.round(rowTop(chart, box, row)) + 0.5;
    context.strokeStyle = row < 0 ? theme.axisLine : theme.grid;
    context.beginPath();
    context.moveTo(box.left, at);
    context.lineTo(box.left + box.width, at);
    context.stroke();
    context.fillStyle = theme.axis;
    context.fillText(rowText(chart, row), box.left - 8, at);
  }
}

export function rowWidth(context, chart) {
  context.font = chart.theme.font;
  return Math.max(0, ...chart.series.map((_, row) => context.measureText(rowText(chart, row)).width));
}

// The upper bound of a row; of the one below the first, the lower bound of all.
function rowText(chart, row) {
  const seconds = row < 0 ? chart.lowest : Number(chart.series[row].name);
  return seconds === 0 ? '0' : axisText(seconds);
}

// Few words: what stands beside a row is a bound, and 724 ms says no more than 0.7 s.
function axisText(seconds) {
  if (seconds < 0.9995) { return `${+(seconds * 1000).toPrecision(2)} ms`; }
  if (seconds < 60) { return `${+seconds.toPrecision(2)} s`; }
  return seconds < 3600 ? `${+(seconds / 60).toPrecision(2)} min` : `${+(seconds / 3600).toPrecision(2)} h`;
}

export function heat(context, chart, x, y, box) {
  const { data, theme, series } = chart;
  const most = Math.log1p(data.maximum(false));
  const height = box.height / series.length;
  const inset = height > 4 ? 1 : 0;
  context.fillStyle = theme.colours[0];
  for (let i = 0; i < data.length; i++) {
    const left = Math.max(box.left, x(data.times[i]));
    const right = Math.min(box.left + box.width, x(data.times[i] + chart.step));
    const width = Math.max(1, right - left - (right - left > 4 ? 1 : 0));
    for (let row = 0; row < series.length; row++) {
      const count = data.values[i][row];
      if (!(count > 0)) { continue; }
      context.globalAlpha = 0.1 + 0.9 * Math.log1p(count) / most;
      context.fillRect(left, rowTop(chart, box, row) + inset / 2, width, height - inset);
    }
  }

  context.globalAlpha = 1;
}

// The cell under the pointer.
export function heatRow(context, chart, box, at) {
  if (!(chart.row >= 0)) { return; }
  const { theme, series, data } = chart;
  const width = chart.step / (data.end - data.start) * box.width;
  context.strokeStyle = theme.marker;
  context.lineWidth = 1;
  context.strokeRect(at, rowTop(chart, box, chart.row), width, box.height / series.length);
}

export function cellText(chart) {
  const { data, cursor, series } = chart;
  const values = data.values[cursor];
  const when = format.instant(data.times[cursor], data.windowSeconds);
  if (chart.row >= 0) {
    const from = chart.row === 0 ? chart.lowest : Number(series[chart.row - 1].name);
    return `${when}, ${format.duration(from)} to ${format.duration(Number(series[chart.row].name))}: ${format.whole(values[chart.row] || 0)}`;
  }

  return `${when}: ${format.whole(data.total(cursor))} in all`;
}
