// The button that prints is there only where it can work.
const button = document.getElementById("in");
button.hidden = false;
button.addEventListener("click", () => print());
