// Draws one Plotly figure and redraws it in place each time Python sends new data.
// The DOM node is made once and kept, so zoom and hover survive while the curves grow.

const NARROW = 420; // pixels; smaller letters leave the plot its room

function themed(figure, host) {
  const { text, border, background, family } = colours(host);
  const axis = { gridcolor: border, linecolor: border, zeroline: false, color: text };
  const layout = figure.layout;
  // On stage the style sheet says how tall a chart is, and the last row has to be read.
  const presenting = document.documentElement.classList.contains("presenting");
  const { clientWidth: width, clientHeight: height } = host;
  return {
    ...layout,
    // Said and not left to Plotly, which keeps the width it once had; a hidden chart has none.
    ...(width && height ? { width, height } : {}),
    font: { family, size: presenting ? 18 : width < NARROW ? 11 : 13, color: text },
    hoverlabel: { bgcolor: background, bordercolor: border, font: { family, color: text } },
    xaxis: { ...axis, showgrid: false, ...layout.xaxis },
    yaxis: { ...axis, ...layout.yaxis },
  };
}

// Latest wins: while one draw is under way only the newest data are kept.
async function draw(host) {
  if (host.drawing) return;
  host.drawing = true;
  try {
    while (host.next) {
      const data = host.next;
      host.next = null;
      const Plotly = await loadPlotly(data.plotly);
      if (host.gone) return;
      await Plotly.react(host, data.figure.data, themed(data.figure, host), data.config);
      if (!host.watched) watchHover(host);
      if (host.pointer) Plotly.Fx.hover(host, host.pointer);
      // Tests and screenshots wait for these.
      host.dataset.points = data.points;
      host.dataset.run = data.run;
    }
  } catch (error) {
    host.textContent = error.message;
  } finally {
    host.drawing = false;
  }
}

// A redraw takes the hover label away; remember where it was and put it back.
function watchHover(host) {
  host.watched = true;
  host.on("plotly_hover", (event) => {
    host.pointer = { xval: event.points[0].x };
  });
  host.on("plotly_unhover", () => {
    host.pointer = null;
  });
}

export default function (component) {
  const { data, parentElement } = component;
  const host = parentElement.querySelector(".live-chart");
  host.style.height = data.figure.layout.height + "px";
  host.setAttribute("role", "figure"); // not "img": Plotly puts buttons into it
  host.setAttribute("aria-label", data.label);
  host.gone = false;
  host.latest = host.next = data;
  if (!host.sizes) {
    // Its room changes with the window, with presenter mode, and with what comes and goes above it.
    host.sizes = new ResizeObserver(() => {
      if (!host.clientWidth || !host.clientHeight) return;
      host.next = host.latest;
      draw(host);
    });
    host.sizes.observe(host);
  }
  draw(host);
  return () => {
    host.gone = true;
    // Plotly listens for changes of the window's size until it is told that the chart is gone.
    setTimeout(() => {
      if (host.isConnected) return;
      host.sizes.disconnect();
      if (window[LOADER]) window[LOADER].then((Plotly) => Plotly.purge(host));
    }, 1000);
  };
}
