// Keys and filters of the desk. Everything works without them.

const isWriting = (target) =>
    target.closest("input, textarea, select, [contenteditable], [role=textbox], dialog");

document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const target = document.querySelector(`[data-desk-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input")) target.focus();
    else target.click();
});

for (const form of document.querySelectorAll("[data-desk-filters]")) {
    form.addEventListener("change", () => form.requestSubmit());
}
