// Formulas, drawn by the browser itself: LaTeX becomes MathML.
import temml from "temml";

const delimiters = [
  { left: "$$", right: "$$", display: true },
  { left: "\\[", right: "\\]", display: true },
  { left: "\\(", right: "\\)", display: false },
  { left: "$", right: "$", display: false },
];

export function draw(element) {
  temml.renderMathInElement(element, { delimiters, throwOnError: false });
}
