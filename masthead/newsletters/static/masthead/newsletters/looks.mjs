// Previews side by side, each drawn at its own width and scaled to the room there is.

export function showLooks(url) {
    const frames = [...document.querySelectorAll("iframe[data-look]")];
    let variant = "public";
    const fit = () => {
        for (const frame of frames) {
            const room = frame.parentElement.clientWidth;
            const scale = Math.min(1, room / Number(frame.dataset.width));
            frame.style.inlineSize = `${frame.dataset.width}px`;
            frame.style.blockSize = `${frame.parentElement.clientHeight / scale}px`;
            frame.style.scale = scale;
        }
    };
    const reload = () => {
        for (const frame of frames) frame.src = `${url}?look=${frame.dataset.look}&variant=${variant}`;
    };
    const choices = document.querySelectorAll("[data-variant]");
    for (const choice of choices) {
        choice.addEventListener("click", () => {
            variant = choice.dataset.variant;
            for (const other of choices) other.setAttribute("aria-pressed", String(other === choice));
            reload();
        });
    }
    new ResizeObserver(fit).observe(document.querySelector(".edition-looks__grid"));
    fit();
    reload();
    return { reload };
}
