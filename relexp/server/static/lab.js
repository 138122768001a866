// The page around the app: takes "getting ready" away, and says so when the app or its line to Python is lost.
// What Voila's runtime calls while it builds the page:
window.voila_process = () => {};
window.voila_finish = () => {};

const shown = new MutationObserver(() => {
  if (document.querySelector("#page :is(.jupyter-widgets, .broken)")) {
    document.getElementById("loading")?.remove();
    shown.disconnect();
  }
});
document.addEventListener("DOMContentLoaded", () => shown.observe(document.getElementById("page"), { childList: true, subtree: true }));

// A line that closes while the page is in use is lost for good: this runtime does not carry a change across the gap.
let leaving = false;
addEventListener("pagehide", () => { leaving = true; });
addEventListener("beforeunload", () => { leaving = true; });
window.WebSocket = class extends WebSocket {
  constructor(...args) {
    super(...args);
    this.addEventListener("close", (event) => {
      if (!leaving && !event.wasClean) document.getElementById("lost").hidden = false;
    });
  }
};
