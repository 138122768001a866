// The drawing program for charts; only a page with a chart fetches it, once it can be used.
export { default } from "plotly.js-basic-dist-min";
