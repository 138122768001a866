// Formulas, drawn by the browser itself: LaTeX becomes MathML.
import temml from "temml";

// $$...$$ and \[...\] stand alone, \(...\) and $...$ in a line; a dollar before a digit and a space is money.
const FORMULA = /\$\$([^$]+)\$\$|\\\[([\s\S]+?)\\\]|\\\(([\s\S]+?)\\\)|\$(?!\s)([^$\n]+?)(?<!\s)\$(?!\d)/g;
const LEAVE = "code, pre, script, style, textarea, math, [contenteditable]";

export function draw(element) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const { currentNode } = texts;
    if (currentNode.data.search(FORMULA) >= 0 && !currentNode.parentElement.closest(LEAVE)) found.push(currentNode);
  }
  for (const text of found) text.replaceWith(...parts(text.data));
}

function parts(text) {
  const made = [];
  let last = 0;
  for (const match of text.matchAll(FORMULA)) {
    const [whole, double, bracket, paren, dollar] = match;
    const place = document.createElement("span");
    temml.render(double ?? bracket ?? paren ?? dollar, place, {
      displayMode: double !== undefined || bracket !== undefined,
      throwOnError: false,
    });
    made.push(text.slice(last, match.index), place);
    last = match.index + whole.length;
  }
  return [...made, text.slice(last)];
}
