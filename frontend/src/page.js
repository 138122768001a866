// An app's page in the browser: its line to Python, its widgets, and a word to the visitor when the line is lost.
import { mendControls } from "./access.js";
import { Channel } from "./channel.js";
import { endOnLeaving } from "./leave.js";
import { Manager } from "./manager.js";
import { formulas } from "./outputs.js";
import { notice } from "./notice.js";

const element = (id) => document.getElementById(id);

/** The element with this id, as soon as the page's text has come so far. */
function arrived(id) {
  return new Promise((found) => {
    const look = () => element(id) && (found(element(id)), true);
    if (look()) return;
    const watch = new MutationObserver(() => look() && watch.disconnect());
    watch.observe(document, { childList: true, subtree: true });
  });
}

const whole = () =>
  new Promise((done) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done, { once: true });
    else done();
  });

async function start() {
  const { kernelId, baseUrl } = (await arrived("kernel")).dataset;
  let take = (message) => early.push(message);
  const early = [];
  const channel = new Channel(`${location.origin}${baseUrl}api/kernels/${kernelId}`, {
    onMessage: (message) => take(message),
    onState: (state) => whole().then(() => notice(state, element("lost"), element("live"))),
    onBack: () => manager.refresh(),
  });
  const manager = new Manager(channel);
  endOnLeaving(baseUrl, kernelId);

  await whole();
  const state = element("widgets");
  if (!state) {
    // The page broke off, and says so; its Python has ended.
    element("loading")?.remove();
    return channel.end();
  }
  const { seen, states } = JSON.parse(state.textContent);
  mendControls(element("page"));
  const models = manager.begin(states);
  for (const script of document.querySelectorAll("script.output")) {
    const place = document.createElement("div");
    script.replaceWith(place);
    manager.showOutput(JSON.parse(script.textContent), place);
  }
  for (const written of document.querySelectorAll(".written")) formulas(written).catch(console.error);
  await models;
  // All up to `seen` is in the page already. Where the line did not hear that, it may have missed what came after.
  const at = early.findIndex((message) => message.header.msg_id === seen);
  take = (message) => manager.take(message);
  early.slice(at + 1).forEach(take);
  if (seen && at < 0) manager.refresh();
  element("loading")?.remove();
  document.documentElement.dataset.ready = "yes";
  performance.mark("ready");
  dispatchEvent(new Event("page-ready"));
}

start();
