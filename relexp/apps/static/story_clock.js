// The clock of a story: counts up from nought, says at its two marks what it is time for, and goes on counting quietly.
// It goes by how much time has passed, whatever a page in the background is allowed.
const TICK = 200;
const shown = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function stopwatch({ words, from, changed, say }) {
  const { limit, mark, longest } = words.at;
  const face = make("p", "", "story-time");
  const track = within("div", "story-track", make("span"));
  const said = make("p", "", "story-mark");
  face.role = "timer";
  track.setAttribute("aria-hidden", "true");
  face.setAttribute("aria-live", "off");
  const sound = Object.assign(make("input"), { type: "checkbox" });
  const [fillBar] = track.children;
  let before = from;
  let since = null;
  let marked = from;
  let ticking = 0;
  let audio = null;

  const seconds = () => Math.min(longest, before + (since === null ? 0 : (performance.now() - since) / 1000));
  const spoken = (at) => (at >= limit ? words.limit : at >= mark ? words.mark : "");
  const paint = () => {
    const now = seconds();
    face.textContent = shown(now);
    face.setAttribute("aria-label", `${words.clock} ${shown(now)}`);
    face.classList.toggle("over", now >= limit);
    fillBar.style.inlineSize = `${Math.min(100, (100 * now) / limit)}%`;
    if (said.textContent !== spoken(now)) said.textContent = spoken(now);
    if (since !== null && [mark, limit].some((at) => marked < at && now >= at)) {
      say(spoken(now));
      if (sound.checked) tone(now >= limit ? 440 : 330);
    }
    marked = now;
    if (since !== null && now >= longest) pause();
  };
  // Soft, and short: a hall's clock, not a siren.
  const tone = (pitch) => {
    audio ??= new AudioContext();
    const [note, loud] = [audio.createOscillator(), audio.createGain()];
    note.frequency.value = pitch;
    loud.gain.setValueAtTime(0.12, audio.currentTime);
    loud.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 1.2);
    note.connect(loud).connect(audio.destination);
    note.start();
    note.stop(audio.currentTime + 1.2);
  };
  const pause = () => {
    before = seconds();
    since = null;
    clearInterval(ticking);
    draw();
  };
  const start = () => {
    since = performance.now();
    ticking = setInterval(() => { paint(); changed(seconds(), true); }, TICK);
    draw();
  };
  const reset = () => {
    since = null;
    before = marked = 0;
    clearInterval(ticking);
    draw();
  };
  const main = press("", () => (since === null ? start() : pause()), true);
  const again = press(words.again, () => { reset(); main.focus(); });
  const draw = () => {
    main.textContent = since !== null ? words.pause : before ? words.go_on : words.start;
    again.disabled = since !== null || !before;
    paint();
    changed(seconds(), since !== null);
  };
  const box = within("div", "story-clock", face, track, said, within("div", "tool-foot", main, again));
  const option = within("label", "choice", sound, make("span", words.sound));
  return { box, option, draw, reset, seconds, running: () => since !== null, stop: () => clearInterval(ticking) };
}
