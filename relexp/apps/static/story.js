// The builder of a story of two minutes: three boxes, the whole of it to read aloud by the clock, and the takes. Words are
// counted here while one types; Python keeps it all and says what the takes show.
const WORD = /\S*[\p{L}\p{N}]\S*/gu;
const words_in = (text) => text.match(WORD)?.length ?? 0;
const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};
// A page in English is one of Britain's: 2 March, not March 2.
const language = () => document.documentElement.lang.replace(/^(en)?$/, "en-GB");
const LEAST = 5; // seconds: a shorter take was a slip of the thumb

function render({ model, el }) {
  const words = model.get("words");
  const state = structuredClone(model.get("state"));
  const { soon, keep, stop } = keeper(model, el, state);
  const unread = unreadable(words.unread, model.get("unread"));
  const count = make("p", "", "tool-count");
  const live = make("p", "", "unseen");
  live.setAttribute("aria-live", "polite");
  const say = speaker(live);
  const pace = () => model.get("pace") || words.at.pace;
  const total = () => words.parts.reduce((sum, part) => sum + words_in(state[part]), 0);
  const takes_time = (many) => shown((many * 60) / pace());

  const changed = () => {
    unread.hidden = true;
    paint();
    soon();
  };

  const boxes = words.parts.map((part) => box(part));
  function box(part) {
    const label = make("label", words[part], "story-name");
    const ask = make("p", words[`${part}_ask`], "story-ask");
    const counter = make("p", "", "story-count");
    const input = make("textarea");
    const id = `story-${part}-${Math.random().toString(36).slice(2)}`;
    Object.assign(input, { id, value: state[part], maxLength: words.most.part, dir: "auto", rows: 4 });
    label.htmlFor = id;
    ask.id = `${id}-ask`;
    input.setAttribute("aria-describedby", ask.id);
    input.addEventListener("input", () => { state[part] = input.value; changed(); });
    const draw = () => {
      const many = words_in(state[part]);
      counter.textContent = many === 1 ? words.count_one : many ? fill(words.count, { words: many, time: takes_time(many) }) : "";
    };
    return { whole: within("div", "story-part", label, ask, input, counter), draw };
  }

  const sum = make("p", "", "story-sum");
  const bar = within("div", "story-bar", make("span"));
  bar.setAttribute("aria-hidden", "true");
  const reckoned = make("p", "", "hint");
  const text = make("div", "", "story-text");
  const notice = make("p", "", "tool-notice");
  const list = make("div", "", "story-takes");
  const note = press(words.take, () => noteTake());
  let noted = state.clock;
  const clock = stopwatch({ words, from: state.clock, say, changed: (seconds, running) => {
    note.disabled = running || seconds < LEAST || state.takes.length >= words.most.takes;
    state.clock = Math.round(seconds * 10) / 10;
    // Time that goes by is kept when its reader stops, and now and then, not five times a second.
    if (Math.abs(state.clock - noted) < (running ? 5 : 0.1)) return;
    noted = state.clock;
    unread.hidden = true;
    soon();
  } });
  clock.box.lastChild.append(note);
  const card = make("article", "", "story-card");
  const printed = press(words.print, () => printOnly(card));

  const noteTake = () => {
    state.takes.push({ day: today(), seconds: Math.max(1, Math.floor(clock.seconds())), words: total(), change: "" });
    const last = state.takes.length;
    const time = shown(state.takes[last - 1].seconds);
    clock.reset();
    drawTakes();
    changed();
    keep();
    tell(fill(words.noted, { number: last, time }));
    list.querySelector("tbody tr:last-child textarea").focus();
  };
  const tell = (said, ...more) => {
    notice.replaceChildren(said, ...more);
    say(said);
  };
  const remove = (take) => {
    const place = state.takes.indexOf(take);
    state.takes.splice(place, 1);
    drawTakes();
    changed();
    keep();
    const undo = press(words.undo, () => {
      state.takes.splice(place, 0, take);
      drawTakes();
      changed();
      keep();
      tell(words.undone);
      list.querySelectorAll("tbody tr")[place].querySelector("button").focus();
    });
    tell(fill(words.removed, { number: place + 1 }), undo);
    undo.focus();
  };

  const drawTakes = () => {
    list.hidden = !state.takes.length;
    const longest = Math.max(words.at.limit, ...state.takes.map((take) => take.seconds));
    const column = (said) => Object.assign(make("th", said), { scope: "col" });
    const rows = state.takes.map((take, at) => {
      const input = make("textarea");
      Object.assign(input, { value: take.change, maxLength: words.most.change, dir: "auto", rows: 1 });
      input.setAttribute("aria-label", `${words.change}: ${words.number} ${at + 1}`);
      input.addEventListener("input", () => { take.change = input.value; changed(); });
      const off = press(words.remove, () => remove(take));
      off.setAttribute("aria-label", `${words.remove}: ${words.number} ${at + 1}`);
      const length = make("span", "", "story-length");
      length.style.inlineSize = `${(100 * take.seconds) / longest}%`;
      length.classList.toggle("short", take.seconds <= words.at.limit);
      const day = make("time", new Date(`${take.day}T12:00`).toLocaleDateString([language(), "en-GB"], { day: "numeric", month: "short" }));
      day.dateTime = take.day;
      const time = within("span", "story-measure", make("b", shown(take.seconds)), within("span", "story-track-of", length));
      const number = Object.assign(make("th", String(at + 1)), { scope: "row" });
      return within("tr", "", number, within("td", "story-day", day), within("td", "story-took", time), within("td", "story-change", input), within("td", "story-off", off));
    });
    const head = within("tr", "", column(words.number), column(words.day), column(words.time), column(words.change), make("td"));
    shorter.textContent = model.get("shorter");
    list.replaceChildren(make("h3", words.takes), shorter, within("table", "", within("thead", "", head), within("tbody", "", ...rows)));
  };
  const shorter = make("p", "", "story-shorter");

  const paint = () => {
    for (const { draw } of boxes) draw();
    const many = total();
    const most = Math.floor((words.at.limit * pace()) / 60);
    const over = many > most;
    sum.textContent = fill(over ? words.over : words.total, { words: many, time: takes_time(many), over: many - most });
    sum.classList.toggle("over", over);
    sum.hidden = bar.hidden = !many;
    bar.firstChild.style.inlineSize = `${Math.min(100, (100 * many) / most)}%`;
    bar.classList.toggle("over", over);
    reckoned.textContent = fill(model.get("pace") ? words.own_pace : words.pace, { pace: Math.round(pace()) });
    const told = words.parts.map((part) => state[part].trim()).filter(Boolean);
    const lines = () => told.flatMap((part) => part.split(/\n+/)).map((line) => Object.assign(make("p", line), { dir: "auto" }));
    text.replaceChildren(...(told.length ? lines() : [make("p", words.empty, "hint")]));
    card.replaceChildren(make("h2", words.card), ...lines(), make("p", fill(words.count, { words: many, time: takes_time(many) }), "story-small"));
    printed.disabled = !told.length;
  };
  const heard = () => {
    count.textContent = model.get("count");
    shorter.textContent = model.get("shorter");
    paint();
  };

  el.classList.add("tool", "story");
  el.append(
    unread, count, within("div", "story-parts", ...boxes.map(({ whole }) => whole)),
    within("div", "story-tally", sum, bar, reckoned),
    within("section", "story-aloud", make("h3", words.whole), within("div", "story-read", within("div", "story-side", clock.box, clock.option), text)),
    notice, list, within("div", "tool-foot", printed), make("p", words.private, "hint"), card, live,
  );
  model.on("change:count change:shorter change:pace", heard);
  drawTakes();
  heard();
  clock.draw();
  return () => {
    clock.stop();
    stop();
    model.off("change:count change:shorter change:pace", heard);
  };
}
export default { render };
