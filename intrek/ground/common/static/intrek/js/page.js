// What a page does better with a script. Nothing here is needed to do one's work.

// A form that came back: the list of what to mend takes the focus, also when it was swapped into the page.
function focusOn(root) {
  const place = root.querySelector("[data-focus]");
  if (place) {
    place.focus();
  }
}

focusOn(document);
document.addEventListener("htmx:afterSwap", (event) => focusOn(event.target));

// A link in that list lands on the answer itself, with its question in sight.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const answer = link && document.getElementById(link.hash.slice(1));
  if (answer) {
    event.preventDefault();
    answer.closest(".field, fieldset")?.scrollIntoView({ block: "center" });
    answer.focus({ preventScroll: true });
  }
});

// The whole address of a list stays short: a filter left empty is not in it.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.filters")) {
    return;
  }
  for (const answer of event.target.elements) {
    answer.disabled = answer.name !== "" && answer.value === "";
  }
});

// Coming back to the page with the browser's arrow must not find those answers locked.
window.addEventListener("pageshow", () => {
  for (const answer of document.querySelectorAll("form.filters :disabled")) {
    answer.disabled = false;
  }
});

// Print this page; without a script the browser's own menu does it.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) {
    window.print();
  }
});

// In a meeting nobody reaches for the mouse: on the big screen one types at once, and Ctrl and Enter together send the form.
const hurried = document.querySelector("form[data-hurry] textarea");
if (hurried && matchMedia("(min-width: 100rem)").matches && !document.querySelector("[data-focus]")) {
  hurried.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  const form = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("form[data-hurry]");
  if (form) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button.button--main") ?? undefined);
  }
});
