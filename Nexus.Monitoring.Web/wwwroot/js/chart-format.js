// The same words as on the server (Formatting/Durations.cs, Numbers.cs), for readouts that never leave the browser.
const space = '\u00a0';
const thin = '\u202f';
// In the viewer's zone, as the server formats (Formatting/Times.cs).
const zoned = new Intl.DateTimeFormat('en-GB', {
  timeZone: document.documentElement.dataset.zone || 'UTC', hourCycle: 'h23', hour: '2-digit', minute: '2-digit', second: '2-digit',
});
const days = new Intl.DateTimeFormat('en-GB', { timeZone: document.documentElement.dataset.zone || 'UTC', day: 'numeric', month: 'short' });
const two = value => String(value).padStart(2, '0');

export const whole = value => Math.round(value).toString().replace(/\B(?=(\d{3})+(?!\d))/g, thin);

export function duration(seconds) {
  if (Math.round(seconds * 1000) < 1000) { return `${Math.round(seconds * 1000)}${space}ms`; }
  if (Math.round(seconds * 10) / 10 < 10) { return `${(Math.round(seconds * 10) / 10).toFixed(1)}${space}s`; }
  const s = Math.round(seconds);
  if (s < 60) { return `${s}${space}s`; }
  if (s < 3600) { return `${Math.floor(s / 60)}${space}min${space}${two(s % 60)}${space}s`; }
  return `${Math.floor(s / 3600)}${space}h${space}${two(Math.floor(s / 60) % 60)}${space}min`;
}

const short = value => value > 0 && value < 99.95 && !(value >= 9.95 && value < 10) ? String(+value.toFixed(1)) : whole(value);

const units = {
  seconds: duration,
  perSecond: value => `${short(value)}${space}/s`,
  perMinute: value => value > 0 && value < 1 ? `${short(value * 60)}${space}/h` : `${short(value)}${space}/min`,
  percent: value => `${value > 0 && value < 0.0995 ? (value * 100).toFixed(1) : Math.round(value * 100)}${space}%`,
};

export const value = (number, unit) => Number.isNaN(number) ? '–' : (units[unit] ?? whole)(number);

export const day = milliseconds => days.format(milliseconds);

// An instant as a chart of that width needs it: with seconds within the hour, with the day beyond one.
export function instant(milliseconds, windowSeconds) {
  const text = clock(milliseconds, windowSeconds <= 3600);
  return windowSeconds > 86_400 ? `${day(milliseconds)} ${text}` : text;
}

export function clock(milliseconds, withSeconds) {
  const text = zoned.format(milliseconds);
  return withSeconds ? text : text.slice(0, 5);
}

// The smallest of 1, 2, 2.5, 4, 5 times a power of ten that makes the maximum fit into the wanted number of steps.
export function niceStep(maximum, steps, integersOnly) {
  const raw = Math.max(maximum, integersOnly ? steps : 1e-3) / steps;
  const power = 10 ** Math.floor(Math.log10(raw));
  for (const factor of [1, 2, 2.5, 4, 5, 10]) {
    const step = factor * power;
    if (step >= raw * 0.999 && (!integersOnly || Number.isInteger(step))) { return step; }
  }

  return 10 * power;
}
