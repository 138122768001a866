// What the module's two tools share: pieces of a page, words with gaps, keeping a moment after the last change, and printing
// nothing but the tool. It stands before each tool's own script.
const make = (name, text = "", className = "") => {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
};
const within = (name, className, ...inside) => {
  const made = make(name, "", className);
  made.append(...inside);
  return made;
};
const fill = (template, values) => template.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
const press = (text, act, main = false) => {
  const made = make("button", text, "jupyter-button" + (main ? " mod-primary" : ""));
  made.type = "button";
  made.addEventListener("click", act);
  return made;
};
// A field with its words above it; whoever types in it decides which way it runs.
const field = (element, words, value, most, typed) => {
  const label = make("label", "", "field");
  const input = make(element);
  input.value = value;
  input.dir = "auto";
  input.maxLength = most;
  input.autocomplete = "off";
  input.addEventListener("input", () => typed(input.value));
  label.append(make("span", words), input);
  return [label, input];
};

// The same words twice are said twice.
const speaker = (region) => (text) => {
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 60);
};

// Kept a moment after the last change, and at once when its reader turns away.
const PAUSE = 600;
function keeper(model, el, state) {
  let timer = 0;
  const keep = () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    model.set("state", structuredClone(state));
    model.save_changes();
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };
  const hidden = () => document.visibilityState === "hidden" && keep();
  el.addEventListener("focusout", keep);
  document.addEventListener("visibilitychange", hidden);
  addEventListener("pagehide", keep);
  const stop = () => {
    keep();
    document.removeEventListener("visibilitychange", hidden);
    removeEventListener("pagehide", keep);
  };
  return { soon, keep, stop };
}

function printOnly(part) {
  part.classList.add("printing");
  document.documentElement.classList.add("prints-tool");
  const after = () => {
    part.classList.remove("printing");
    document.documentElement.classList.remove("prints-tool");
  };
  addEventListener("afterprint", after, { once: true });
  print();
}

function handOver(bytes, kind, name) {
  const address = URL.createObjectURL(new Blob([bytes], { type: kind }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// What was kept and cannot be read stands there to be copied until something new is kept in its place.
function unreadable(words, text) {
  const box = within("details", "note tool-unread", make("summary", words));
  const raw = make("pre", text);
  raw.tabIndex = 0;
  box.append(raw);
  box.hidden = !text;
  return box;
}
