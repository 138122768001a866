// What the page says about its line to Python; the words stand in the page, in its language.

const HESITATE = 600; // a gap shorter than this is nobody's concern
let timer;
let told = false;

/** Show the state of the line in `box`, and say it in the live region. */
export function notice(state, box, live) {
  if (!box) return; // a page that broke off
  clearTimeout(timer);
  if (state === "live") {
    box.hidden = true;
    if (told) say(live, box.dataset.back);
    told = false;
  } else {
    timer = setTimeout(() => tell(state, box, live), HESITATE);
  }
  document.documentElement.dataset.line = state;
}

function tell(state, box, live) {
  const words = box.dataset[state];
  if (told === words) return;
  told = words;
  box.replaceChildren(paragraph(words));
  if (state === "gone") box.append(again(box.dataset.reload));
  box.hidden = false;
  say(live, words);
}

function say(live, words) {
  if (live) live.textContent = words;
}

function paragraph(words) {
  const element = document.createElement("p");
  element.textContent = words;
  return element;
}

function again(words) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = words;
  button.addEventListener("click", () => location.reload());
  return button;
}
