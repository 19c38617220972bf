// Presenter mode in the browser: a class for the style sheet, and keys that press the page's buttons.
// Hidden buttons still work, so a key does what the button would do, and nothing else.

const CHARTS = 4;
const root = document.documentElement;
let again = false; // whether what Space would train is on show already, to be replayed

function press(...keys) {
  for (const key of keys) {
    const button = document.querySelector(`.st-key-${key} button:not(:disabled)`);
    if (button) {
      button.click();
      return;
    }
  }
}

function turn(by) {
  const at = Number(root.dataset.chart) - 1;
  root.dataset.chart = ((at + by + CHARTS) % CHARTS) + 1;
}

function onKey(event) {
  const typing = event.target.closest?.("input, textarea, select, [role=slider], [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const does = {
    " ": () => press("replay-pause", "replay-play", "stop", ...(again ? ["replay", "train"] : ["train"])),
    ArrowRight: () => turn(1),
    ArrowLeft: () => turn(-1),
    Escape: () => press("leave-presenter"),
  }[event.key];
  if (!does) return;
  event.preventDefault();
  event.stopPropagation();
  does();
}

export default function ({ data, parentElement }) {
  again = data.again;
  if (!root.classList.contains("presenting")) {
    root.classList.add("presenting");
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  }
  root.dataset.chart ||= "1";
  const resets = String(data.resets);
  if (data.resets && parentElement.dataset.resets !== resets) root.dataset.chart = "1";
  parentElement.dataset.resets = resets;
  document.addEventListener("keydown", onKey, true);
  return () => {
    document.removeEventListener("keydown", onKey, true);
    // Streamlit also calls this before it draws the same component again.
    setTimeout(() => {
      if (parentElement.isConnected) return;
      root.classList.remove("presenting");
      delete root.dataset.chart;
    }, 100);
  };
}
