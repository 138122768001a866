// For test_sanitize.py: the sanitizer in a real browser, whose parser is the one that counts.
import { inline, text } from "../../frontend/src/sanitize.js";

Object.assign(globalThis, { inline, text });
