// What ipywidgets leaves out for those who do not see, or use no mouse: names, roles, states and keys of its controls.
// Done on the page as it stands and again wherever it changes, so that no control needs a view of its own.

const WIDGET = ".lm-Widget";

/** Mend `page` now and from now on. */
export function mendControls(page) {
  mend(page);
  new MutationObserver((changes) => {
    const changed = new Set(changes.map(({ target }) => target.closest?.(WIDGET) ?? target.parentElement ?? page));
    changed.forEach(mend);
  }).observe(page, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "style", "data-words"] });
}

/** Remember in the page what a view's control is called, for those that do not show it. */
export function keepWords({ el, model }) {
  const words = ["description", "placeholder", "tooltip"].map((name) => plain(model.get(name))).find(Boolean);
  if (words) el.dataset.words = words;
  else delete el.dataset.words;
}

const MENDS = {
  "[role=slider]": nameHandle,
  ".widget-readout[contenteditable]": (element) => name(element, { role: "textbox" }),
  "input, select, textarea": (element) => labelled(element) || name(element),
  "button:has(> .fa), .jupyter-button": nameButton,
  ".widget-toggle-button": (element) => set(element, "aria-pressed", element.classList.contains("mod-active")),
  ".widget-toggle-buttons, .widget-radio": nameGroup,
  ".progress": nameProgress,
  ".jupyter-widget-Collapse-header": foldByKey,
  "img:not([alt])": (element) => set(element, "alt", element.dataset.words ?? ""),
  "audio, video": (element) => name(element),
  ".lm-TabBar-addButton": (element) => element.removeAttribute("role"),
  "[title=null]": (element) => element.removeAttribute("title"),
};

function mend(root) {
  for (const [selector, act] of Object.entries(MENDS)) {
    if (root.matches(selector)) act(root);
    root.querySelectorAll(selector).forEach(act);
  }
}

function words(element) {
  const widget = element.closest(`${WIDGET}[data-words]`);
  return widget?.dataset.words ?? "";
}

function name(element, { role } = {}) {
  if (role) set(element, "role", role);
  if (words(element)) set(element, "aria-label", words(element));
}

function labelled(element) {
  if (element.closest("label")?.textContent.trim() || element.labels?.length) return true;
  return (element.hasAttribute("aria-labelledby") || element.hasAttribute("aria-label")) && !element.closest("[data-words]");
}

function nameHandle(handle) {
  const all = [...handle.closest(WIDGET).querySelectorAll("[role=slider]")];
  const which = all.length > 1 ? ` ${all.indexOf(handle) + 1}` : "";
  set(handle, "aria-label", words(handle) + which);
}

/** A button that shows only a picture is called by the picture; one whose tooltip says its words and more, by that. */
function nameButton(button) {
  const text = button.textContent.trim();
  if (text) {
    if (button.title !== text && button.title.startsWith(text)) {
      button.dataset.titled = "";
      set(button, "aria-label", button.title);
    } else if ("titled" in button.dataset) {
      delete button.dataset.titled;
      button.removeAttribute("aria-label");
    }
    return;
  }
  const icon = button.querySelector("[class*=fa-]")?.className.match(/fa-(\w+)/)?.[1];
  const called = document.body.dataset[icon] ?? icon;
  if (called) set(button, "aria-label", [words(button), called].filter(Boolean).join(": "));
}

function nameGroup(group) {
  set(group, "role", group.matches(".widget-radio") ? "radiogroup" : "group");
  name(group);
}

function nameProgress(track) {
  const part = Number.parseFloat(track.firstElementChild?.style.width || track.firstElementChild?.style.height) || 0;
  set(track, "role", "progressbar");
  set(track, "aria-valuenow", Math.round(part));
  name(track);
}

function foldByKey(header) {
  set(header, "role", "button");
  set(header, "tabindex", 0);
  set(header, "aria-expanded", header.parentElement.classList.contains("jupyter-widget-Collapse-open"));
  header.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    header.click();
  };
}

function set(element, attribute, value) {
  if (element.getAttribute(attribute) !== String(value)) element.setAttribute(attribute, value);
}

function plain(html) {
  if (typeof html !== "string") return "";
  if (!/[<&]/.test(html)) return html.trim();
  return new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
}
