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

for (const select of document.querySelectorAll("select[data-own-zone]")) {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if ([...select.options].some((option) => option.value === here)) select.value = here;
}

// A headline is one line, however many it is shown on.
document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("textarea#id_title")) event.preventDefault();
});

// Wagtail compares the form with how it stood two seconds after it came. What was typed before
// counts as unchanged to it: never saved by itself, no warning on leaving. So it is told.
let typedEarly = null;
document.addEventListener("input", (event) => {
    typedEarly ??= event.target.closest("form[data-edit-form]");
});
document.addEventListener("w-unsaved:watch-edits", (event) => {
    if (typedEarly === event.target) event.target.setAttribute("data-w-unsaved-force-value", "true");
}, { once: true });

// What a new article's editor says of its not being saved yet holds until the first autosave.
document.addEventListener("w-autosave:success", () => {
    for (const said of document.querySelectorAll("[data-until-saved]")) said.hidden = true;
    for (const said of document.querySelectorAll("[data-once-saved]")) said.hidden = false;
});

// A menu is shut by Escape, and when somebody goes on elsewhere or into a dialog.
const shutMenus = (where) => {
    for (const menu of document.querySelectorAll(".desk-bar__more")) {
        if (!menu.querySelector("[aria-expanded=true]") || (where && menu.contains(where))) continue;
        window.wagtail?.app?.getControllerForElementAndIdentifier(menu, "w-dropdown")?.hide();
    }
};
document.addEventListener("focusin", ({ target }) => shutMenus(target));
document.addEventListener("w-dialog:shown", () => shutMenus(null));
document.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape") return;
    const toggle = target.closest?.(".desk-bar__more")?.querySelector("[aria-expanded=true]");
    shutMenus(null);
    toggle?.focus();
});

// What is uploaded from a page's form goes to the files of its title, unless one chooses others.
const filesOfTitle = document.querySelector("[data-files-of-title]")?.dataset.filesOfTitle;
function chooseCollection() {
    for (const select of document.querySelectorAll(".modal select[name$='-collection']:not([data-was-set])")) {
        select.dataset.wasSet = "";
        const isFirstTime = !select.form.querySelector(".error-message");
        const own = [...select.options].find((option) => option.value === filesOfTitle);
        if (isFirstTime && own) select.value = own.value;
    }
}

// A dialog that comes back with a sentence has lost its file, since no server can fill such a field.
let filesGiven = [];
document.addEventListener("submit", (event) => {
    if (!event.target.closest(".modal")) return;
    const fields = [...event.target.querySelectorAll("input[type=file]")];
    filesGiven = fields.filter((field) => field.files.length).map((field) => [field.name, field.files]);
}, true);

new MutationObserver((changes) => {
    if (!changes.some(({ target }) => target.closest?.(".modal"))) return;
    if (filesOfTitle) chooseCollection();
    const wrong = document.querySelector(".modal form .error-message");
    if (!wrong) return;
    for (const [name, files] of filesGiven) {
        const field = document.querySelector(`.modal input[type=file][name="${CSS.escape(name)}"]`);
        if (field && !field.files.length) field.files = files;
    }
    filesGiven = [];
    // Its tab is opened a moment after it came.
    setTimeout(() => wrong.scrollIntoView({ block: "center" }), 200);
}).observe(document.body, { childList: true, subtree: true });
