// Nothing typed is lost: a form with data-draft is kept on the server while one types. When the server does not know us
// any more, the text stays in this tab and is put back after signing in.

const WAIT = 800;
const A_DAY = 24 * 60 * 60 * 1000;
const A_MOMENT = 10 * 1000;
const OWN = new Set(["csrfmiddlewaretoken", "_next"]);
const stashName = (form) => `draft:${form.dataset.draftOwner}:${form.dataset.draft}`;

// What is given when the form is sent, or not at all: a signature is no draft.
const passes = (form, name) => form.elements.namedItem(name)?.dataset?.passing !== undefined;

function answersOf(form) {
  const answers = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !passes(form, name)) {
      answers.append(name, value);
    }
  }
  return answers;
}

function say(form, text) {
  const place = form.querySelector("[data-draft-status] [data-draft-text]");
  if (place && text) {
    place.textContent = text;
  }
}

// In this tab, until the server has it. A page asked for in the same breath may have been made just before the server had
// it, so this tab remembers for a moment more.
function stash(form, howLong = A_DAY) {
  const typed = [...answersOf(form)].filter(([name]) => !OWN.has(name));
  try {
    sessionStorage.setItem(stashName(form), JSON.stringify({ until: Date.now() + howLong, typed }));
    return true;
  } catch {
    return false;
  }
}

// A slow phone shows the form before this script has come: whoever types at once has typed all the same.
function typedIn(element) {
  if (element instanceof HTMLSelectElement) {
    const marked = [...element.options].some((option) => option.defaultSelected);
    return [...element.options].some((option, place) => option.selected !== option.defaultSelected
      && (marked || element.multiple || place !== 0));
  }
  if (element.type === "radio" || element.type === "checkbox") {
    return element.checked !== element.defaultChecked;
  }
  return element.type !== "hidden" && "defaultValue" in element && element.value !== element.defaultValue;
}

function putBack(form) {
  const found = sessionStorage.getItem(stashName(form));
  if (!found) {
    return false;
  }
  const kept = JSON.parse(found);
  if (!(Date.now() < kept.until)) {
    sessionStorage.removeItem(stashName(form));
    return false;
  }
  const typed = new URLSearchParams(kept.typed);
  for (const element of form.elements) {
    if (!element.name || OWN.has(element.name) || element.type === "file" || element.type === "submit" || typedIn(element)) {
      continue;
    }
    const values = typed.getAll(element.name);
    if (element.type === "radio" || element.type === "checkbox") {
      element.checked = values.includes(element.value);
    } else if (element instanceof HTMLSelectElement && element.multiple) {
      for (const option of element.options) {
        option.selected = values.includes(option.value);
      }
    } else if (values.length) {
      element.value = values[0];
    }
  }
  return true;
}

class Draft {
  constructor(form) {
    this.form = form;
    this.dirty = false;
    this.leaving = false;
    this.stranded = false;
    this.timer = 0;
    this.busy = null;
    form.querySelector("[data-draft-keep]")?.setAttribute("hidden", "");
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("focusout", () => this.dirty && this.keep());
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", () => { this.leaving = false; });
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.leave());
    const already = [...form.elements].some((element) => !OWN.has(element.name) && typedIn(element));
    const found = putBack(form);
    if (found) {
      say(form, form.dataset.draftPutBack);
    }
    if (already || found) {
      this.dirty = true;
      this.keep();
    }
  }

  changed() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), WAIT);
  }

  // One at a time, so that an older text never lands after a newer one. True when the server has it.
  async keep() {
    clearTimeout(this.timer);
    while (this.busy) {
      await this.busy;
    }
    if (!this.dirty || this.leaving) {
      return !this.dirty;
    }
    this.dirty = false;
    this.busy = this.send();
    const kept = await this.busy;
    this.busy = null;
    this.dirty ||= !kept;
    return kept;
  }

  async send() {
    const body = answersOf(this.form);
    try {
      const answer = await fetch(this.form.dataset.draftUrl, {
        method: "POST", body, redirect: "manual", headers: { Accept: "application/json" },
      });
      if (answer.ok || answer.status === 413) {
        say(this.form, (await answer.json()).text);
        this.stranded = false;
        if (answer.ok) {
          stash(this.form, A_MOMENT);
        }
        return answer.ok;
      }
      this.held(this.form.dataset.draftSignedOut);
    } catch {
      this.held(this.form.dataset.draftOffline);
    }
    return false;
  }

  held(text) {
    this.stranded = stash(this.form);
    if (this.stranded) {
      say(this.form, text);
    }
  }

  // Saved by the browser while the page goes away; what is still on its way is broken off with the page.
  leave() {
    if (this.leaving || !(this.dirty || this.busy)) {
      return;
    }
    stash(this.form);
    fetch(this.form.dataset.draftUrl, {
      method: "POST", body: answersOf(this.form), redirect: "manual", keepalive: true, headers: { Accept: "application/json" },
    }).then((answer) => answer.ok && stash(this.form, A_MOMENT)).catch(() => {});
  }

  // A form sent after the session has died would be lost on the way to the sign-in page: ask first.
  async submitted(event) {
    if (this.sure || event.defaultPrevented) {
      this.leaving = true;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    this.dirty = true;
    const kept = await this.keep();
    if (!kept && this.stranded) {
      this.form.querySelector("[data-draft-status]")?.scrollIntoView({ block: "center" });
      return;
    }
    sessionStorage.removeItem(stashName(this.form));
    this.sure = true;
    this.leaving = true;
    this.form.requestSubmit(button);
    this.sure = false;
  }

  // Thrown away here is thrown away in this tab too; what is still on its way lands first, or it would be there again.
  async thrownAway(event) {
    event.preventDefault();
    clearTimeout(this.timer);
    this.leaving = true;
    await this.busy;
    sessionStorage.removeItem(stashName(this.form));
    event.target.submit();
  }
}

const drafts = new Map();
for (const form of document.querySelectorAll("form[data-draft]")) {
  drafts.set(form.dataset.draft, new Draft(form));
}

document.addEventListener("submit", (event) => drafts.get(event.target.dataset.draftEnd)?.thrownAway(event));
