// Brings the container it stands in into view when it appears; drawn again it does nothing.

export default function ({ data, parentElement }) {
  if (parentElement.dataset.shown === data.what) return;
  parentElement.dataset.shown = data.what;
  // Its neighbours are drawn after it: only then is it known where it will stand.
  setTimeout(() => {
    const called = parentElement.closest(".st-key-" + data.what);
    const box = called?.getBoundingClientRect();
    // The bar lies over the top of the page.
    if (box && (box.top < 110 || box.bottom > innerHeight)) called.scrollIntoView({ block: "start" });
  }, 150);
}
