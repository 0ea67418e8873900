// Keys 1, 0, 2 and 9 choose while the focus is outside a text field; the time spent reading goes with the vote.
const form = document.getElementById("vote");
const started = performance.now();

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input[type=text], textarea, select")) return;
  const choice = form.querySelector(`input[name="winner"][data-key="${CSS.escape(event.key)}"]`);
  if (!choice) return;
  choice.checked = true;
  choice.focus();
  event.preventDefault();
});

form.addEventListener("submit", () => {
  document.getElementById("seconds").value = ((performance.now() - started) / 1000).toFixed(1);
});
