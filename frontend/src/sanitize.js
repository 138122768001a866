// What is left of text that may hold HTML (a control's description, Markdown): a few harmless tags, by DOMPurify.
import DOMPurify from "dompurify";

const INLINE = ["a", "abbr", "b", "code", "em", "i", "img", "li", "ol", "span", "strong", "ul"];
const BLOCK = "blockquote br del h1 h2 h3 h4 h5 h6 hr p pre table tbody td th thead tr".split(" ");
const ATTRIBUTES = ["alt", "class", "href", "src", "title"];
// Addresses that name one of these ways, or none: "//" and "/\\" would lead to another host.
const PLACES = /^(?:https?:|mailto:|(?![/\\]{2})[^:]*$)/i;

const keep = (tags) => ({
  ALLOWED_TAGS: tags,
  ALLOWED_ATTR: ATTRIBUTES,
  ALLOW_DATA_ATTR: false,
  ALLOWED_URI_REGEXP: PLACES,
  // An id or name of somebody else's could stand in for one of the page's own.
  SANITIZE_NAMED_PROPS: true,
});

/** A control's description, with nothing in it that acts. */
export const inline = (html) => DOMPurify.sanitize(html, keep(INLINE));

/** A piece of written text, with nothing in it that acts. */
export const text = (html) => DOMPurify.sanitize(html, keep([...INLINE, ...BLOCK]));
