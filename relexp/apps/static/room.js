// The evening for all to see: a dialog over the whole page, which hides everything else from eye and ear alike.
// One round at a time, as many tables a page as can be read from the back of a hall; pages turn by themselves.
const STAY = 15_000; // a page, in milliseconds: long enough to find a name among thirty tables
// Letters are as large as one page allows, between so many to the height of the screen: the smaller is still read from
// the back row (36 px on 1080), and where even that takes several pages, it is used.
const LARGEST = 9;
const SMALLEST = 30;
const LEAST = 20; // px, on small screens

const make = (element, className, ...inside) => {
  const made = document.createElement(element);
  if (className) made.className = className;
  made.append(...inside);
  return made;
};
// What a person typed keeps its own direction.
const typed = (text) => make("bdi", "", text);

function seat({ table, number, names }) {
  const lines = names.map((name) => make("span", "room-name", typed(name)));
  const words = make("span", "unseen", `${table}: `);
  const shown = make("span", "room-number", String(number));
  shown.setAttribute("aria-hidden", "true");
  return make("li", "room-seat", words, shown, make("span", "room-names", ...lines));
}

function rest(words, names) {
  const list = names.flatMap((name, at) => (at ? [", ", typed(name)] : [typed(name)]));
  return make("p", "room-rest", make("strong", "", words.rest), ": ", ...list);
}

function screen(model, ended) {
  const words = model.get("words");
  const dialog = make("dialog", "room");
  const heading = make("h2", "");
  const page = make("span", "room-page");
  const live = make("p", "unseen");
  const body = make("div", "room-body");
  const button = (text, act) => {
    const made = make("button", "room-button", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const hold = button(words.hold, () => {
    held = !held;
    hold.textContent = held ? words.go_on : words.hold;
    wait();
  });
  const close = button(words.close, () => dialog.close());
  const bar = make("div", "room-bar", button(words.back, () => turn(-1)), button(words.next, () => turn(1)), hold, close);
  heading.id = "room-heading";
  dialog.setAttribute("aria-labelledby", heading.id);
  live.setAttribute("aria-live", "polite");
  dialog.append(make("div", "room-head", heading, page), body, bar, live);
  document.body.append(dialog);

  let round = 0;
  let at = 0;
  let pages = [];
  let held = false;
  let timer = 0;

  // Pages are cut where the next table would no longer fit: measured, because names are as long as they are.
  const lay = () => {
    const { title, of, seats, resting } = model.get("rounds")[round];
    heading.replaceChildren(title, " ", make("span", "room-of", of));
    const pieces = [...seats.map(seat), ...(resting.length ? [rest(words, resting)] : [])];
    for (let lines = LARGEST; lines <= SMALLEST; lines += 1) {
      body.style.fontSize = `${Math.max(LEAST, dialog.clientHeight / lines)}px`;
      body.replaceChildren(...laid(pieces));
      if (fit()) break;
    }
    pages = [];
    let left = pieces;
    while (left.length || !pages.length) {
      const most = fits(left);
      pages.push(left.slice(0, most));
      left = left.slice(most);
    }
  };
  const fits = (pieces) => {
    let low = 1;
    let high = pieces.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      body.replaceChildren(...laid(pieces.slice(0, middle)));
      if (fit()) low = middle;
      else high = middle - 1;
    }
    // A row that is begun is filled, unless it is the last.
    body.replaceChildren(...laid(pieces.slice(0, low)));
    const list = body.querySelector(".room-seats");
    const columns = list ? getComputedStyle(list).gridTemplateColumns.split(" ").length : 1;
    return low < pieces.length && low > columns ? low - (low % columns) : Math.max(low, 1);
  };
  const fit = () => body.scrollHeight <= body.clientHeight && body.scrollWidth <= body.clientWidth;
  const laid = (pieces) => {
    const tables = pieces.filter((piece) => piece.localName === "li");
    const others = pieces.filter((piece) => piece.localName !== "li");
    const list = make("ol", "room-seats", ...tables);
    list.setAttribute("role", "list");
    return tables.length ? [list, ...others] : others;
  };
  const draw = () => {
    body.replaceChildren(...laid(pages[at]));
    body.scrollTop = 0;
    page.textContent = pages.length > 1 ? `${at + 1} / ${pages.length}` : "";
    hold.hidden = pages.length < 2;
    live.textContent = `${heading.textContent} ${page.textContent}`;
    wait();
  };
  const wait = () => {
    clearTimeout(timer);
    if (!held && pages.length > 1) timer = setTimeout(() => { at = (at + 1) % pages.length; draw(); }, STAY);
  };
  const turn = (way) => {
    const rounds = model.get("rounds").length;
    if (at + way >= 0 && at + way < pages.length) at += way;
    else if (round + way >= 0 && round + way < rounds) {
      round += way;
      lay();
      at = way > 0 ? 0 : pages.length - 1;
    }
    draw();
  };
  const keys = (event) => {
    const way = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    turn(way);
  };
  const again = () => { lay(); at = Math.min(at, pages.length - 1); draw(); };
  const full = () => { if (!document.fullscreenElement) dialog.close(); };

  dialog.addEventListener("keydown", keys);
  dialog.addEventListener("close", () => {
    clearTimeout(timer);
    removeEventListener("resize", again);
    document.removeEventListener("fullscreenchange", full);
    if (document.fullscreenElement) document.exitFullscreen();
    dialog.remove();
    ended();
  });
  dialog.showModal();
  close.focus();
  addEventListener("resize", again);
  again();
  document.fonts?.ready.then(again);
  return { full: () => document.addEventListener("fullscreenchange", full) };
}

function render({ model, el }) {
  const button = make("button", "jupyter-button");
  button.type = "button";
  button.textContent = model.get("words").show;
  button.addEventListener("click", async () => {
    if (!model.get("rounds").length || document.querySelector("dialog.room")) return;
    // The page goes full screen before the dialog opens: what comes last lies on top.
    const asked = document.documentElement.requestFullscreen?.();
    const granted = await Promise.resolve(asked).then(() => Boolean(document.fullscreenElement), () => false);
    const shown = screen(model, () => button.focus());
    if (granted) shown.full();
  });
  el.append(button);
}
export default { render };
