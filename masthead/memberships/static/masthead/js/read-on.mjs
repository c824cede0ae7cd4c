// The rest of a members' article, brought into the page it was asked from. Without this, or when
// it does not work, the form leads to a page with all of it.
const form = document.querySelector("[data-reading-on]");

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const rest = page.querySelector(".members-part");
    if (!answer.ok || !rest) throw new Error(answer.status);
    rest.tabIndex = -1;
    form.closest("[data-gate]").replaceWith(rest);
    rest.focus({ preventScroll: true });
    const had = new Set([...document.scripts].map((each) => each.src));
    for (const { src } of page.querySelectorAll("script[type=module][src]")) {
      const url = new URL(src, location.href).href;
      if (!had.has(url)) import(url);
    }
  } catch {
    form.submit();
  }
});
