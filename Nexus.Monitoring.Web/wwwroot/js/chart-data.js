// Points of one chart, fed by deltas. Little endian: u32 reset, u32 series, u32 points, u32 window in seconds, f64 where the
// chart ends (0: with its last point); then per point f64 Unix milliseconds and one f32 per series (NaN: not known). A point with the last time replaces it.
export class ChartData {
  times = [];
  values = [];
  seriesCount = 0;
  windowSeconds = 900;
  fixedEnd = 0;

  push(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const reset = view.getUint32(0, true) === 1;
    this.seriesCount = view.getUint32(4, true);
    const count = view.getUint32(8, true);
    this.windowSeconds = view.getUint32(12, true);
    this.fixedEnd = view.getFloat64(16, true);
    if (reset) {
      this.times = [];
      this.values = [];
    }

    let at = 24;
    for (let i = 0; i < count; i++) {
      const time = view.getFloat64(at, true);
      at += 8;
      const row = new Float32Array(this.seriesCount);
      for (let s = 0; s < this.seriesCount; s++, at += 4) { row[s] = view.getFloat32(at, true); }
      if (this.times.length > 0 && time <= this.times.at(-1)) {
        this.values[this.values.length - 1] = row;
      } else {
        this.times.push(time);
        this.values.push(row);
      }
    }

    // A point of a period of its own may stand for time before the period begins, in part.
    const oldest = this.fixedEnd > 0 ? -Infinity : this.start;
    let drop = 0;
    while (drop < this.times.length && this.times[drop] < oldest) { drop++; }
    if (drop > 0) {
      this.times.splice(0, drop);
      this.values.splice(0, drop);
    }
  }

  get end() { return this.fixedEnd || (this.times.at(-1) ?? Date.now()); }
  get start() { return this.end - this.windowSeconds * 1000; }
  get length() { return this.times.length; }

  indexAt(time) {
    let low = 0;
    let high = this.times.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.times[middle] <= time) { low = middle; } else { high = middle - 1; }
    }

    return high < 0 ? -1 : low + 1 < this.times.length && this.times[low + 1] - time < time - this.times[low] ? low + 1 : low;
  }

  total(index) {
    let sum = 0;
    for (const value of this.values[index]) { sum += value || 0; }
    return sum;
  }

  maximum(stacked) {
    let top = 0;
    for (let i = 0; i < this.length; i++) {
      if (stacked) {
        top = Math.max(top, this.total(i));
      } else {
        for (const value of this.values[i]) { if (value > top) { top = value; } }
      }
    }

    return top;
  }
}
