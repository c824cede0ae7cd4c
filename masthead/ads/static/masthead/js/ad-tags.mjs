// Places that others fill: nothing of theirs is loaded before the reader has agreed and the place
// comes near, and then in a frame that is of no origin. Whoever says by Global Privacy Control that
// they will not be sold is not asked at all.
const NEAR = "200px";

export function tcfAgrees(data) {
  const isDecided = ["tcloaded", "useractioncomplete"].includes(data.eventStatus);
  return isDecided && (data.gdprApplies === false || data.purpose?.consents?.[1] === true);
}

// https://github.com/InteractiveAdvertisingBureau/Global-Privacy-Platform: 1 is “opted out”.
export function gppAgrees({ signalStatus, applicableSections, parsedSections }) {
  if (signalStatus !== "ready") return false;
  if (applicableSections.includes(-1)) return true;
  const sections = Object.entries(parsedSections ?? {}).map(([name, each]) => [name, [each].flat()[0]]);
  if (!sections.length) return false;
  return sections.every(([name, each]) =>
    name.startsWith("tcfeu")
      ? each.PurposeConsents?.[0] === true
      : ![each.SaleOptOut, each.SharingOptOut, each.TargetedAdvertisingOptOut].includes(1) && each.Gpc !== true,
  );
}

function whenAgreed(then) {
  if (navigator.globalPrivacyControl) return;
  if (globalThis.__tcfapi) {
    __tcfapi("addEventListener", 2, (data, isDone) => isDone && tcfAgrees(data) && then());
  } else if (globalThis.__gpp) {
    const look = (ping) => gppAgrees(ping) && then();
    __gpp("addEventListener", (event) => event.pingData && look(event.pingData));
    __gpp("ping", (ping) => ping && look(ping));
  }
}

function load(place) {
  if (!place.dataset.adTag) return;
  const { ad } = JSON.parse(document.querySelector("script[data-list]").dataset.words);
  const frame = Object.assign(document.createElement("iframe"), { src: place.dataset.adTag, title: ad });
  frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
  frame.dataset.ad = "";
  delete place.dataset.adTag;
  place.setAttribute("aria-label", ad);
  place.firstElementChild.textContent = ad;
  place.lastElementChild.replaceWith(frame);
}

const near = globalThis.IntersectionObserver && new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    load(target);
  }
}, { rootMargin: NEAR });

for (const place of globalThis.document?.querySelectorAll("[data-ad-tag]") ?? []) {
  if (place.dataset.adNeeds === "consent") whenAgreed(() => near.observe(place));
  else near.observe(place);
}
