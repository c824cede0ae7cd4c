// Sharing works by plain links; this adds "copy" and the device's own share sheet.
const panel = document.querySelector("[data-share]");

if (panel) {
  const { shareUrl: url, shareTitle: title } = panel.dataset;
  const copy = panel.querySelector("[data-share-copy]");
  const native = panel.querySelector("[data-share-native]");
  const said = panel.querySelector("[data-share-said]");

  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(url);
      said.textContent = said.dataset.shareDone;
    } catch {
      said.textContent = said.dataset.shareFailed;
    }
  });

  native.hidden = !navigator.share;
  native.addEventListener("click", async () => {
    try {
      await navigator.share({ title, url });
      panel.open = false;
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  });

  document.addEventListener("click", (event) => {
    if (!panel.contains(event.target)) panel.open = false;
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panel.open) return;
    panel.open = false;
    panel.querySelector("summary").focus();
  });
}
