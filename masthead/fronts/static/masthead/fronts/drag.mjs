// Dragging with mouse, pen and finger through pointer events; HTML's own drag knows no touch.

const STARTS_AT = 6; // pixels, so that a click stays a click
const EDGE = 60; // pixels from the edge where the page scrolls along

export function makeDraggable({ root, drop }) {
    let drag = null;

    root.addEventListener("pointerdown", (event) => {
        const grip = event.target.closest("[data-drag]");
        if (!grip || event.button !== 0) return;
        drag = { grip, article: grip.dataset.drag, x: event.clientX, y: event.clientY, ghost: null };
    });

    addEventListener("pointermove", (event) => {
        if (!drag) return;
        if (!drag.ghost && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < STARTS_AT) return;
        if (!drag.ghost) begin();
        event.preventDefault();
        drag.ghost.style.translate = `${event.clientX + 8}px ${event.clientY + 8}px`;
        if (event.clientY < EDGE) scrollBy(0, -12);
        if (event.clientY > innerHeight - EDGE) scrollBy(0, 12);
        mark(event.clientX, event.clientY);
    }, { passive: false });

    addEventListener("pointerup", () => {
        if (drag?.target) drop(drag.article, drag.target.dataset.drop, drag.index);
        end();
    });
    addEventListener("pointercancel", end);
    addEventListener("keydown", (event) => { if (event.key === "Escape") end(); });

    function begin() {
        drag.ghost = document.createElement("div");
        drag.ghost.className = "ghost";
        drag.ghost.style.inset = "0 auto auto 0";
        drag.ghost.textContent = drag.grip.textContent;
        drag.line = document.createElement("li");
        drag.line.className = "drop-mark";
        document.body.append(drag.ghost);
        root.classList.add("is-dragging");
        drag.grip.closest("[data-article]").classList.add("is-lifted");
    }

    function mark(x, y) {
        const over = document.elementFromPoint(x, y);
        const list = over?.closest(".zone")?.querySelector("[data-drop]") ?? null;
        drag.target?.classList.remove("is-over");
        drag.target = list;
        if (!list) { drag.line.remove(); return; }
        list.classList.add("is-over");
        const slots = [...list.querySelectorAll("[data-slot]")];
        const isRow = slots.length > 1 && slots[0].offsetTop === slots[1].offsetTop;
        drag.index = slots.findIndex((slot) => isBefore(slot.getBoundingClientRect(), x, y, isRow));
        if (drag.index < 0) drag.index = slots.length;
        list.insertBefore(drag.line, slots[drag.index] ?? null);
    }

    function isBefore(box, x, y, isRow) {
        if (!isRow) return y < box.top + box.height / 2;
        const middle = box.left + box.width / 2;
        const rtl = document.documentElement.dir === "rtl";
        return y < box.bottom && (rtl ? x > middle : x < middle);
    }

    function end() {
        if (!drag) return;
        drag.ghost?.remove();
        drag.line?.remove();
        drag.target?.classList.remove("is-over");
        drag.grip.closest("[data-article]")?.classList.remove("is-lifted");
        root.classList.remove("is-dragging");
        drag = null;
    }
}
