// Menus in the header are plain <details>. With scripts they also close on Escape and when something else is chosen.

export function closeDropsOnEscape(page) {
  const open = () => page.querySelectorAll("details.eh-drop[open]");

  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      return;
    }
    for (const drop of open()) {
      const held = drop.contains(page.activeElement);
      drop.open = false;
      if (held) {
        drop.querySelector("summary").focus();
      }
    }
  });

  page.addEventListener("click", (event) => {
    for (const drop of open()) {
      if (!drop.contains(event.target)) {
        drop.open = false;
      }
    }
  });
}
