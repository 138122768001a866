"""What is more than a control: containers, Output, links, anywidget, and changes that no click asked for."""

from __future__ import annotations

import threading
import time

import anywidget
import ipywidgets as w
import traitlets
from desk import say
from IPython.display import HTML, Markdown, clear_output, display, update_display


def button(name: str, press: object) -> w.Button:
    made = w.Button(description=name)
    made.on_click(press)
    return made


class Counter(anywidget.AnyWidget):
    """A widget with its own script, css, bytes and messages both ways."""

    _esm = """
    function render({ model, el }) {
      const count = document.createElement("button");
      count.className = "jupyter-button count";
      const draw = () => {
        const data = model.get("data");
        count.textContent = `count ${model.get("count")}, ${new Uint8Array(data.buffer, data.byteOffset)}`;
      };
      count.onclick = () => { model.set("count", model.get("count") + 1); model.save_changes(); };
      const send = document.createElement("button");
      send.className = "jupyter-button send";
      send.textContent = "send bytes";
      send.onclick = () => model.send({ hello: 1 }, undefined, [new Uint8Array([1, 2, 3]).buffer]);
      const back = document.createElement("p");
      model.on("msg:custom", (message, buffers) => {
        const bytes = new Uint8Array(buffers[0].buffer, buffers[0].byteOffset, buffers[0].byteLength);
        back.textContent = `${JSON.stringify(message)} ${bytes}`;
      });
      model.on("change:count change:data", draw);
      draw();
      el.append(count, send, back);
    }
    export default { render };
    """
    _css = ".count { letter-spacing: 3px; }"
    count = traitlets.Int().tag(sync=True)
    data = traitlets.Bytes(b"\x01\x02").tag(sync=True)


def counter() -> w.Widget:
    made = Counter()
    made.add_class("counter")

    def taken(widget: Counter, content: dict, buffers: list) -> None:
        say(f"{content} {[bytes(data) for data in buffers]}")
        widget.data = b"\x07\x08"
        widget.send({"back": 2}, [b"\x05\x06"])

    made.on_msg(taken)
    made.observe(lambda change: say(f"counted {change['new']}"), "count")
    return made


def output() -> w.Widget:
    out = w.Output()
    out.add_class("out")
    with out:
        print("from the start")

    def go(_: object) -> None:
        with out:
            clear_output(wait=True)
            print("line one")
            print("line two")
            display(HTML("<b class=bold>html</b>"), Markdown("*well* written<script>window.bad = 1</script>"))
            display(w.IntSlider(7, description="inside"))

    @out.capture()
    def fail(_: object) -> None:
        raise ZeroDivisionError("on purpose")

    @out.capture()
    def named(_: object) -> None:
        display("first", display_id="inside")
        update_display("second", display_id="inside")

    def clear(_: object) -> None:
        out.clear_output()

    return w.VBox([button("go", go), button("fail", fail), button("named", named), button("clear", clear), out])


def containers() -> w.Widget:
    tab = w.Tab([w.Label("inside one"), w.Label("inside two")], titles=["Tab one", "Tab two"])
    fold = w.Accordion([w.Label("under one"), w.Label("under two")], titles=["Fold one", "Fold two"])
    stack = w.Stack([w.Label("bottom"), w.Label("top")], selected_index=0)
    for made in (tab, fold, stack):
        made.add_class(type(made).__name__)
        made.observe(lambda change: say(f"{type(change['owner']).__name__} {change['new']}"), "selected_index")
    grid = w.GridspecLayout(1, 2)
    grid[0, 0], grid[0, 1] = w.Label("left"), w.Label("right")
    return w.VBox(
        [
            tab,
            fold,
            stack,
            button("turn", lambda _: [setattr(made, "selected_index", 1) for made in (stack, tab)]),
            w.HBox([w.Button(description=f"wide {number}", layout={"width": "150px"}) for number in range(6)]),
            w.Box([w.Label("in a box")]),
            w.GridBox([w.Label("in a grid")], layout={"grid_template_columns": "1fr"}),
            w.AppLayout(header=w.Label("header"), center=w.Label("centre")),
            w.TwoByTwoLayout(top_left=w.Label("top left"), bottom_right=w.Label("bottom right")),
            grid,
        ]
    )


def links() -> w.Widget:
    here, there, python, only = (w.IntSlider(0, max=9, description=name) for name in ("here", "there", "python", "only"))
    w.jslink((here, "value"), (there, "value"))
    w.link((there, "value"), (python, "value"))
    w.jsdlink((here, "value"), (only, "value"))
    added = w.interactive(lambda x, y: print("sum", x + y), x=(0, 9), y=w.fixed(3))
    added.add_class("added")
    return w.VBox([here, there, python, only, added])


def by_itself() -> w.Widget:
    room = w.VBox([])
    room.add_class("room")
    late = w.Label("early")

    def add(_: object) -> None:
        room.children = [*room.children, w.Label(f"child {len(room.children)}")]

    def later(_: object) -> None:
        def work() -> None:
            time.sleep(0.2)
            late.value = "from a thread"

        threading.Thread(target=work).start()

    return w.VBox([button("add", add), room, button("later", later), late])


def sooner() -> w.Widget:
    """Changed by a thread while the page is still being made."""
    made = w.Label("too early")
    made.add_class("sooner")

    def work() -> None:
        for number in range(40):
            time.sleep(0.05)
            made.value = f"step {number}"
        made.value = "all steps"

    threading.Thread(target=work).start()
    return made
