// Fills places with what runs, chosen on this device from the outlet's list: no cookie, no
// identifier, nobody else asked. How it chooses is written in masthead/ads/listing.py.
const CAPS = "masthead-ads";
const DAY = 86400;
const KEPT_DAYS = 60; // REMEMBERED_DAYS in selling/checking.py
const some = (wanted, have) => !wanted || wanted.some((each) => have.includes(each));

export function fits(flight, list, about, place, shown) {
  const [from, until] = flight.w;
  return (
    flight.c[place] > 0 &&
    from <= about.now && (!until || about.now < until) &&
    flight.a.some((each) => each.at.includes(place)) &&
    !shown.flights.includes(flight.i) && !(flight.x && shown.trades.includes(flight.x)) &&
    some(flight.s, about.sections) && some(flight.t, about.topics) && some(flight.k, [about.kind]) &&
    some(flight.h, [about.hour]) && some(flight.d, [about.weekday]) && some(flight.b, [about.screen]) &&
    some(flight.l, about.languages) &&
    (!flight.z || flight.z.some((each) => list.zones[each]?.includes(about.zone))) &&
    (!flight.m || about.seen(flight.i, flight.m[1]) < flight.m[0])
  );
}

function pick(flight, place, at) {
  const own = flight.a.filter((each) => each.at.includes(place));
  let left = at * own.reduce((sum, each) => sum + (each.q ?? 1), 0);
  return { flight, creative: own.find((each) => (left -= each.q ?? 1) < 0) ?? own.at(-1) };
}

// shown: {flights, trades} of this page so far · r: one number from [0, 1)
export function choose(list, about, place, shown, r) {
  const all = list.f.filter((each) => fits(each, list, about, place, shown));
  let rest = r;
  let left = 1;
  for (const flight of all.filter((each) => each.p < 2)) {
    const chance = flight.c[place];
    if (rest < chance) return pick(flight, place, rest / chance);
    rest -= chance;
    left -= chance;
  }
  for (const flight of left > 0 ? all.filter((each) => each.p === 2) : []) {
    const chance = flight.c[place] * left;
    if (rest < chance) return pick(flight, place, rest / chance);
    rest -= chance;
  }
  return null;
}

export function clockOf(now, timeZone) {
  const form = { timeZone, weekday: "short", hour: "numeric", hourCycle: "h23" };
  const parts = new Intl.DateTimeFormat("en-GB", form).formatToParts(now * 1000);
  const of = (type) => parts.find((each) => each.type === type).value;
  return { hour: +of("hour"), weekday: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(of("weekday")) };
}

// How often this device saw what has a cap: {flight: [seconds, …]}.
function recall() {
  try {
    return JSON.parse(localStorage.getItem(CAPS)) ?? {};
  } catch {
    return {};
  }
}

export function kept(seen, flight, now) {
  for (const id in seen) if (seen[id].at(-1) < now - KEPT_DAYS * DAY) delete seen[id];
  seen[flight.i] = [...(seen[flight.i] ?? []), now].slice(-flight.m[0]);
  return seen;
}

export function times(seen, id, days, now) {
  return (seen[id] ?? []).filter((at) => at > now - days * DAY).length;
}

function remember(flight, now) {
  const seen = kept(recall(), flight, now);
  try {
    localStorage.setItem(CAPS, JSON.stringify(seen));
  } catch {
    // Full, or switched off: then it is not capped.
  }
}

function make(name, className, fields) {
  const node = Object.assign(document.createElement(name), { className }, fields);
  node.dataset.ad = "";
  return node;
}

function boxOf(creative) {
  if (creative.k === "html") {
    const frame = make("iframe", "", { src: creative.u, title: creative.alt ?? "", loading: "lazy", referrerPolicy: "no-referrer" });
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    return frame;
  }
  const box = make("a", `placement__box placement__box--${creative.k}`, { href: creative.u });
  if (!/^https?:$/.test(box.protocol)) return null;
  if (creative.src) {
    const [width, height] = creative.size;
    box.append(make("img", "", { width, height, alt: creative.alt, decoding: "async", sizes: "(min-width: 48rem) 40rem, 100vw", srcset: creative.set, src: creative.src }));
  }
  if (creative.k === "card") {
    const words = make("span", "placement__words");
    const lines = { title: creative.t, text: creative.d, go: creative.go };
    for (const name in lines) if (lines[name]) words.append(make(name === "title" ? "b" : "span", `placement__${name}`, { textContent: lines[name] }));
    box.append(words);
  }
  return box;
}

function fill(place, { flight, creative }, words) {
  const box = boxOf(creative);
  if (!box) return null;
  const isHouse = flight.p === 2;
  const label = isHouse ? words.house : flight.by ? words.by.replace("{}", flight.by) : words.ad;
  place.setAttribute("aria-label", isHouse ? words.house : words.ad);
  place.firstElementChild.textContent = label;
  if (!isHouse && box.href) box.rel = "sponsored noopener";
  place.lastElementChild.replaceWith(box);
  return box;
}

function watch(place, done) {
  let timer;
  const eye = new IntersectionObserver(
    ([{ intersectionRatio }]) => {
      clearTimeout(timer);
      if (intersectionRatio < 0.5) return;
      timer = setTimeout(() => {
        if (document.visibilityState !== "visible") return;
        eye.disconnect();
        done();
      }, 1000);
    },
    { threshold: [0, 0.5] },
  );
  eye.observe(place);
}

// What happens in a frame is its own; a press inside shows only in where the focus went. Who comes
// there by the Tab key has pressed nothing.
function whenPressed(frame, done) {
  let byKeys = false;
  const look = ({ key }) => (byKeys = key === "Tab");
  for (const what of ["keydown", "pointermove", "pointerdown"]) addEventListener(what, look, true);
  addEventListener("blur", () => !byKeys && document.activeElement === frame && done());
}

async function run(script) {
  const { list: address, page, words: said } = script.dataset;
  const isPreview = "preview" in script.dataset;
  // Always asked anew, mostly answered by 304: a flight that ended is not shown from a cache.
  // Away, or taken by a blocker: the house's own offers stay.
  const list = await fetch(address, { cache: "no-cache", credentials: isPreview ? "same-origin" : "omit" })
    .then((answer) => (answer.ok ? answer.json() : {}))
    .catch(() => ({}));
  if (list.v !== 1) return;
  const words = JSON.parse(said);
  const { k: kind, s: sections, t: topics } = JSON.parse(page);
  const now = Date.now() / 1000;
  const seen = recall();
  const about = {
    now, kind, sections, topics, ...clockOf(now, list.tz),
    screen: innerWidth < 640 ? "narrow" : innerWidth < 992 ? "medium" : "wide",
    languages: navigator.languages.map((each) => each.split("-")[0].toLowerCase()),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    seen: (id, days) => times(seen, id, days, now),
  };
  const shown = { flights: [], trades: [] };
  const offers = [];
  const filled = [];
  for (const place of document.querySelectorAll(".placement:not([data-ad-tag])")) {
    if (!place.offsetHeight) continue;
    const chosen = choose(list, about, place.dataset.ad, shown, Math.random());
    const box = chosen && fill(place, chosen, words);
    offers.push([place.dataset.ad, box ? chosen.creative.i : 0]);
    if (!box) continue;
    shown.flights.push(chosen.flight.i);
    shown.trades.push(chosen.flight.x);
    filled.push({ place, box, flight: chosen.flight, number: offers.length - 1 });
  }
  if (isPreview || !offers.length) return;
  const post = (name) => new URL(name, new URL(address, location)).href;
  const tokens = fetch(post("offer"), { method: "POST", body: JSON.stringify({ n: list.n, offers }), credentials: "omit", keepalive: true })
    .then((got) => (got.status === 200 ? got.json() : {}))
    .then((got) => got.tokens ?? [], () => []);
  // What is seen within a moment is told in one post; a click, or leaving, sends what waits.
  let told = [];
  let waiting;
  const send = () => {
    clearTimeout(waiting);
    waiting = 0;
    if (told.length) navigator.sendBeacon(post("event"), told.join("\n"));
    told = [];
  };
  document.addEventListener("visibilitychange", send);
  for (const { place, box, flight, number } of filled) {
    const tell = async (what) => {
      const token = (await tokens)[number];
      if (!token) return;
      told.push(`${what} ${token}`);
      if (what === "c" || document.visibilityState === "hidden") send();
      else waiting ||= setTimeout(send, 2000);
    };
    watch(place, () => {
      if (flight.m) remember(flight, now);
      tell("v");
    });
    if (box.href) box.addEventListener("click", () => tell("c"), { once: true });
    else whenPressed(box, () => tell("c"));
  }
}

const script = globalThis.document?.querySelector("script[data-list]");
if (script) {
  if (document.prerendering) document.addEventListener("prerenderingchange", () => run(script), { once: true });
  else run(script);
}
