// When a passkey is refused, cancelled or not there, the page says so in words and shows the other ways in.

export function explainPasskeys(page) {
  page.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const note of page.querySelectorAll("[data-passkey-trouble]")) {
      note.hidden = false;
    }
  });
}
