// anywidget comes as an AMD module, whatever the page: for the moment in which it loads there is a `define`.
import * as base from "@jupyter-widgets/base";

let made;
globalThis.define = (needs, make) => {
  made = make(...needs.map((name) => ({ "@jupyter-widgets/base": base })[name]));
};

export const taken = () => {
  delete globalThis.define;
  return made;
};
