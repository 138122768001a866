// anywidget's own model and view. The order of these imports is what makes it work.
import { taken } from "./define.js";
import "anywidget";

export const { AnyModel, AnyView } = taken();
