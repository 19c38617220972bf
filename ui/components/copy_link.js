// A link to be read and a button that puts it on the clipboard.

async function copy(field) {
  // The clipboard is only there on https and on this machine; an audience on http has the old way.
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(field.value);
    return true;
  }
  field.select();
  return document.execCommand("copy");
}

export default function ({ data, parentElement }) {
  const field = parentElement.querySelector("input");
  const button = parentElement.querySelector("button");
  field.value = data.link;
  field.setAttribute("aria-label", data.label);
  field.onfocus = () => field.select();
  button.onclick = async () => {
    let done = false;
    try {
      done = await copy(field);
    } catch (error) {
      console.warn("The link could not be copied:", error);
    }
    button.textContent = done ? "Copied" : "Select it and copy";
    setTimeout(() => (button.textContent = "Copy link"), 2000);
  };
}
