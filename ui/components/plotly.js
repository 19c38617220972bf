// Loads Plotly once a page and says in which colours the page is drawn; put before each component
// that draws with it.

const LOADER = "__forecastStudioPlotly"; // one promise a page, shared by all components

function loadPlotly(url) {
  if (!window[LOADER]) {
    window[LOADER] = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      // Taken at once: another script may later put another Plotly into window.
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => {
        delete window[LOADER];
        reject(new Error("The chart library could not be loaded from " + url));
      };
      document.head.appendChild(script);
    });
  }
  return window[LOADER];
}

function colours(host) {
  const style = getComputedStyle(host);
  const text = style.getPropertyValue("--st-text-color").trim() || style.color;
  const border = style.getPropertyValue("--st-border-color").trim() || "rgba(128,128,128,0.3)";
  const background = style.getPropertyValue("--st-background-color").trim() || "#fff";
  return { text, border, background, family: style.fontFamily };
}
