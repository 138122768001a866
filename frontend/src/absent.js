// Stands for packages that the widgets import and these pages never call (see `alias` in build.mjs).
export default {};
export const URLExt = {};
