// Runs before the page is painted, so that what needs scripts never shows and then hides. Everything works without it.

document.documentElement.classList.add("js");

document.addEventListener(
  "readystatechange",
  () => document.body.classList.add("js-enabled", "govuk-frontend-supported"),
  { once: true },
);
