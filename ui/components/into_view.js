// Brings the container it stands in into view when it appears; drawn again it does nothing.

export default function ({ data, parentElement }) {
  if (parentElement.dataset.shown === data.what) return;
  parentElement.dataset.shown = data.what;
  // Its neighbours are drawn after it: only then is it known where it will stand.
  setTimeout(() => {
    parentElement.closest(".st-key-" + data.what)?.scrollIntoView({ block: "start" });
  }, 150);
}
