// Nothing is asked of a third party before the reader asks for it.
for (const button of document.querySelectorAll("[data-embed-url]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const { embedUrl, embedTitle, embedWidth, embedHeight } = button.dataset;
    const frame = document.createElement("iframe");
    frame.src = embedUrl;
    frame.title = embedTitle;
    frame.allow = "fullscreen; encrypted-media; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
    if (embedWidth && embedHeight) frame.style.aspectRatio = `${embedWidth} / ${embedHeight}`;
    button.closest("[data-embed]").replaceChildren(frame);
    frame.focus();
  });
}
