// Painting in turns. What asks gets its turn in the next frame; what a frame has no time for gets it in the one after, so that many charts at once are not one long task.
const waiting = new Set();
// In milliseconds; whoever is at it finishes.
const enough = 8;
let isAsked = false;

// paint() says whether it has more to paint: then it gets another turn.
export function paintSoon(paint) {
  waiting.add(paint);
  if (!isAsked) {
    isAsked = true;
    requestAnimationFrame(turns);
  }
}

export const paintNever = paint => waiting.delete(paint);

function turns() {
  isAsked = false;
  const end = performance.now() + enough;
  for (const paint of waiting) {
    waiting.delete(paint);
    if (paint()) { paintSoon(paint); }
    if (performance.now() >= end) { break; }
  }

  if (waiting.size > 0 && !isAsked) {
    isAsked = true;
    requestAnimationFrame(turns);
  }
}
