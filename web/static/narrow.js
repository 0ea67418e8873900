// Choosing a shelf or a kind of document hides those that do not fit from the list; without this the server narrows all the same.
const box = document.querySelector("[data-narrowing]");
const list = document.querySelector(".pick-documents");

function narrow() {
  const shelf = box.querySelector("[name=shelf]:checked")?.value;
  const kinds = [...box.querySelectorAll("[name=kind]:checked")].map((one) => one.value);
  for (const item of list.querySelectorAll("[data-kind]")) {
    item.hidden = Boolean((shelf && item.dataset.shelf !== shelf) || (kinds.length && !kinds.includes(item.dataset.kind)));
  }
  for (const group of list.querySelectorAll(".pick-box ul")) {
    const empty = !group.querySelector("li:not([hidden])");
    group.hidden = group.previousElementSibling.hidden = empty;
  }
  list.querySelector(".pick-none").hidden = Boolean(list.querySelector("li:not([hidden])"));
}

if (box && list) {
  box.addEventListener("change", narrow);
  narrow();
}
