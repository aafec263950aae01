// The key "/" goes to the check box of the header, unless someone is writing. The header says so beside the box.

const WRITING = "input, textarea, select, [contenteditable]";

export function focusCheckOnSlash(page) {
  page.addEventListener("keydown", (event) => {
    const plain = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const box = page.getElementById("check-box");
    if (!plain || !box || event.target.closest(WRITING)) {
      return;
    }
    event.preventDefault();
    box.focus();
    box.select();
  });
}
