"""The small scripts that look at a page from inside; they leave it as it was."""

from __future__ import annotations

# Runs before the page's own scripts. Shifts after a tap or a key do not count, as in the metric.
WATCH_SHIFTS = """
(() => {
  const name = (node) => node && node.nodeType === 1
    ? node.tagName.toLowerCase() + (node.id ? '#' + node.id : '')
      + (typeof node.className === 'string' && node.className ? '.' + node.className : '')
    : String(node && node.nodeName);
  const box = (r) => [r.x, r.y, r.width, r.height].map(Math.round).join(',');
  const seen = { sum: 0, moved: [] };
  Object.defineProperty(window, '__shifts', { value: seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      seen.sum += entry.value;
      for (const s of entry.sources) {
        seen.moved.push(`${name(s.node)} ${box(s.previousRect)} to ${box(s.currentRect)}`);
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
})();
"""

# Two frames: the first may still belong to work begun before.
NEXT_PAINT = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

# Half a screen at a time, so that everything lazy comes in as it does for a reader.
SCROLL_SLOWLY = """
async () => {
  const rest = (ms) => new Promise((done) => setTimeout(done, ms));
  const step = Math.max(100, Math.round(innerHeight / 2));
  for (let y = 0; y < document.documentElement.scrollHeight; y += step) {
    scrollTo({ top: y, behavior: 'instant' });
    await rest(40);
  }
  scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
  await rest(150);
  scrollTo({ top: 0, behavior: 'instant' });
  await rest(50);
}
"""

FONTS_READY = "() => document.fonts.ready.then(() => true)"

# `block` and `auto` hide the text for up to 3 s while the font is on its way.
FONTS_HIDING_TEXT = """
() => [...document.fonts]
  .filter((face) => ['auto', 'block'].includes(face.display))
  .map((face) => `${face.family} ${face.weight} ${face.style}: font-display ${face.display}`)
"""

OVERFLOW = """
() => {
  const extra = document.documentElement.scrollWidth - innerWidth;
  if (extra <= 0) return [0, []];
  const wide = [...document.body.querySelectorAll('*')]
    .filter((e) => { const r = e.getBoundingClientRect();
      return r.width && (r.right > innerWidth + 0.5 || r.left < -0.5); })
    .slice(0, 8)
    .map((e) => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '')
      + (typeof e.className === 'string' && e.className ? '.' + e.className : ''));
  return [extra, wide];
}
"""

# A warm-up of a connection to another host is a request to it as well.
CONNECTION_HINTS = """
() => [...document.querySelectorAll('link[rel~=preconnect], link[rel~=dns-prefetch]')]
  .map((link) => link.href)
"""
