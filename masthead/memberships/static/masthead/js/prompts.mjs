// Prompts that depend on this device: after so many articles, and how often. Two numbers and a few
// days are kept on it; nothing leaves it, and nobody can be told by them.

const NAME = "masthead:prompts";
const today = Math.floor(Date.now() / 86400000);
const month = new Date().toISOString().slice(0, 7);

const read = () => {
  try { return JSON.parse(localStorage.getItem(NAME)) ?? {}; } catch { return {}; }
};
const write = (kept) => {
  try { localStorage.setItem(NAME, JSON.stringify(kept)); } catch { /* a device that keeps nothing */ }
};

// An article that is opened again counts once.
const count = (kept) => {
  const opened = kept.month === month ? kept.opened ?? 0 : 0;
  const again = kept.month === month && kept.last === location.pathname;
  return { ...kept, month, opened: opened + (again ? 0 : 1), last: location.pathname };
};

const kept = document.querySelector("article.article") ? count(read()) : read();
write(kept);

const seen = (prompt) => {
  const now = read();
  write({ ...now, shown: { ...now.shown, [prompt.dataset.prompt]: today } });
};

for (const prompt of document.querySelectorAll("[data-prompt]")) {
  const { after, days, prompt: name } = prompt.dataset;
  const last = kept.shown?.[name];
  const rests = Number(days) > 0 && last !== undefined && today - last < Number(days);
  if ((kept.opened ?? 0) < Number(after) || rests) continue;
  // Shown only where nobody looks yet, so that nothing moves under a reader's eyes.
  prompt.hidden = false;
  if (prompt.getBoundingClientRect().top < innerHeight) {
    prompt.hidden = true;
    continue;
  }
  new IntersectionObserver((entries, watch) => {
    if (!entries.some((each) => each.isIntersecting)) return;
    watch.disconnect();
    seen(prompt);
  }).observe(prompt);
}
