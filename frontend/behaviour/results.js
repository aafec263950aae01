// Under the check box, who and where is found while one types: links to their cards. Without this the form does the same by a
// page of its own. It waits for a pause, asks only once for the same words, and drops an answer that came too late.

const PAUSE = 250;

export function showResultsAsTyped(page) {
  const form = page.querySelector("form[data-results]");
  if (!form) {
    return;
  }
  const box = form.querySelector("input[type=search]");
  const shown = page.getElementById("check-results");
  const said = page.getElementById("check-said");
  let waiting = 0;
  let asking = null;
  let asked = "";

  const close = () => {
    window.clearTimeout(waiting);
    asking?.abort();
    shown.hidden = true;
    said.textContent = "";
  };

  async function ask(words) {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.results}?${new URLSearchParams({ q: words })}`, { signal: asking.signal });
      // Whoever has been signed out is sent to another page: that is no answer.
      if (!answer.ok || answer.redirected) {
        close();
        return;
      }
      shown.innerHTML = await answer.text();
      shown.hidden = page.activeElement !== box && !shown.contains(page.activeElement);
      said.textContent = shown.querySelector("p")?.textContent ?? "";
    } catch (trouble) {
      if (trouble.name !== "AbortError") {
        close();
      }
    }
  }

  box.addEventListener("input", () => {
    window.clearTimeout(waiting);
    const words = box.value.trim();
    if (!words) {
      asked = "";
      close();
      return;
    }
    if (words !== asked || shown.hidden) {
      waiting = window.setTimeout(() => {
        asked = words;
        ask(words);
      }, PAUSE);
    }
  });

  form.addEventListener("keydown", (event) => {
    const links = [...shown.querySelectorAll("a")];
    if (event.key === "Escape" && !shown.hidden) {
      event.preventDefault();
      close();
      box.focus();
    } else if (!shown.hidden && links.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const at = links.indexOf(page.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      (at < 0 ? box : links[Math.min(at, links.length - 1)]).focus();
    }
  });

  form.addEventListener("submit", close);
  page.addEventListener("click", (event) => {
    if (!form.contains(event.target)) {
      close();
    }
  });
  page.addEventListener("focusin", (event) => {
    if (!form.contains(event.target)) {
      close();
    }
  });
}
