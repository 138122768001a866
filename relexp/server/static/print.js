// A sheet to print: the button is there only where it does something.
const press = document.getElementById("print");
if (press) {
  press.hidden = false;
  press.addEventListener("click", () => print());
}
