// Keys 1, 0, 2 and 9 choose while the focus is outside a text field; the time spent reading goes with the vote.
// Ticked reasons outlive a reload as the rest of the ballot does, by a field that holds their codes (`data-held`).
const form = document.getElementById("vote");
const started = performance.now();

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input[type=text], textarea, select")) return;
  const choice = form.querySelector(`input[name="winner"][data-key="${CSS.escape(event.key)}"]`);
  if (!choice) return;
  choice.click();
  choice.focus();
  event.preventDefault();
});

form.addEventListener("submit", () => {
  document.getElementById("seconds").value = ((performance.now() - started) / 1000).toFixed(1);
});

const held = document.getElementById("reasons");
const boxes = [...form.querySelectorAll('[name="reason"]')];
for (const box of boxes) {
  box.addEventListener("change", () => {
    held.value = boxes.filter((one) => one.checked).map((one) => one.value).join(" ");
    held.dispatchEvent(new Event("input"));
  });
}
held.addEventListener("input", () => {
  for (const box of boxes) box.checked = held.value.split(" ").includes(box.value);
});
