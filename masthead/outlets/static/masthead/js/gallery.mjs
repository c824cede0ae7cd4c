// A gallery scrolls by itself; this adds the buttons and the count.
for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const strip = gallery.querySelector("[data-gallery-strip]");
  const count = gallery.querySelector("[data-gallery-count]");
  const pictures = [...strip.children];
  const isRtl = getComputedStyle(strip).direction === "rtl";
  let here = 0;

  // How far a picture's start is from the strip's, in reading direction.
  const away = (picture) => {
    const [ours, its] = [strip.getBoundingClientRect(), picture.getBoundingClientRect()];
    return isRtl ? ours.right - its.right : its.left - ours.left;
  };
  const tell = () => { count.textContent = `${here + 1} / ${pictures.length}`; };

  const move = (step) => {
    here = Math.min(Math.max(here + step, 0), pictures.length - 1);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const left = away(pictures[here]) * (isRtl ? -1 : 1);
    strip.scrollBy({ left, behavior: calm ? "auto" : "smooth" });
    tell();
  };

  strip.addEventListener("scrollend", () => {
    const atEnd = Math.abs(strip.scrollLeft) >= strip.scrollWidth - strip.clientWidth - 2;
    here = atEnd ? pictures.length - 1 : pictures.findIndex((picture) => away(picture) > -2);
    tell();
  });
  gallery.querySelector("[data-gallery-back]").addEventListener("click", () => move(-1));
  gallery.querySelector("[data-gallery-next]").addEventListener("click", () => move(1));
  gallery.querySelector("[data-gallery-moves]").hidden = false;
}
