// How an edition goes, told anew every few seconds; when it is over the report is loaded again.
const box = document.querySelector("[data-progress]");
const bar = box.querySelector("[data-bar]");
const words = box.querySelector("[data-words]");

async function look() {
    const answer = await fetch(box.dataset.progress).catch(() => null);
    if (!answer?.ok) return;
    const told = await answer.json();
    if (!told.is_under_way) { location.reload(); return; }
    bar.max = told.total || 1;
    bar.value = told.over;
    words.textContent = [`${told.over} / ${told.total}`, told.rate, told.ends].filter(Boolean).join(" · ");
}

setInterval(look, 3000);
