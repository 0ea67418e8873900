// A page that asks for itself while the machine works: idiomorph puts in only what changed, so an open list, the focus,
// a selection and the place one has scrolled to stay. What is still being chosen stays as well: [data-keeps].
const { callbacks } = window.Idiomorph.defaults;
callbacks.beforeNodeMorphed = (old) => !old.hasAttribute?.("data-keeps");
callbacks.beforeAttributeUpdated = (name, old) => !(name === "open" && old.matches("details, dialog"));
