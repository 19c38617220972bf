// Slides a window along the series: Python sends figure and numbers once, the rest happens here.

const PACE = 110; // milliseconds a window
const CALM = 900; // the same for those who have asked for less motion
const BEGIN = 4; // rows at the beginning of X that the table shows, and at its end
const MOST_Y = 8; // rows of y that it shows

function themed(figure, host) {
  const { text, border, background, family } = colours(host);
  const layout = {
    ...figure.layout,
    height: host.clientHeight,
    font: { family, size: 13, color: text },
    hoverlabel: { bgcolor: background, bordercolor: border, font: { family, color: text } },
  };
  for (const name of ["xaxis", "yaxis", "xaxis2", "yaxis2"]) {
    layout[name] = { gridcolor: border, linecolor: border, zeroline: false, ...layout[name] };
  }
  return { ...layout, xaxis2: { ...layout.xaxis2, showgrid: false } };
}

// Which rows of a window the table shows; null is where rows are left out.
function listed(n_in, n_out) {
  const head = (n, most) => [...Array(Math.min(n, most)).keys()];
  const X = n_in <= 2 * BEGIN + 1 ? head(n_in, n_in) : [...head(n_in, BEGIN), null];
  if (X.includes(null)) for (let i = n_in - BEGIN; i < n_in; i++) X.push(i);
  const y = head(n_out, n_out > MOST_Y ? MOST_Y - 2 : n_out).map((i) => n_in + i);
  if (n_out > MOST_Y) y.push(null, n_in + n_out - 1);
  return [...X.map((i) => ["X", i]), ...y.map((i) => ["y", i])];
}

function fillTable(view, data, offset) {
  const body = view.root.querySelector("tbody");
  if (view.listed !== data) {
    view.listed = data;
    view.root.querySelector("caption").textContent =
      `X, ${data.n_in} values → y, ${data.n_out} ${data.n_out === 1 ? "value" : "values"}`;
    view.cells = listed(data.n_in, data.n_out).map(([part, i]) => {
      const row = document.createElement("tr");
      row.className = i === null ? part + " more" : part;
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = i === null ? "⋮" : `${part} ${part === "X" ? i + 1 : i - data.n_in + 1}`;
      const cells = [document.createElement("td"), document.createElement("td")];
      row.append(head, ...cells);
      return { row, i, cells };
    });
    body.replaceChildren(...view.cells.map((cell) => cell.row));
  }
  for (const { i, cells } of view.cells) {
    if (i === null) continue;
    cells[0].textContent = data.dates[offset + i];
    cells[1].textContent = data.values[offset + i];
  }
}

async function show(view) {
  if (view.drawing) {
    view.stale = true; // latest wins
    return;
  }
  view.drawing = true;
  const { data, frame } = view;
  const start = data.starts[frame];
  const offset = data.offsets[frame];
  const n = data.n_in + data.n_out;
  const part = start < data.n_train ? "for training" : "for validation";
  const words = `Window ${(start + 1).toLocaleString("en")} of ${data.n_windows.toLocaleString("en")}`;
  view.slider.value = frame;
  view.slider.setAttribute("aria-valuetext", `${words}, ${part}`);
  view.where.innerHTML = `<b>${words}</b> · ${part}`;
  fillTable(view, data, offset);
  try {
    const numbers = data.numbers.slice(offset, offset + n);
    await view.Plotly.update(
      view.chart,
      { y: [numbers.slice(0, data.n_in), numbers.slice(data.n_in)] },
      {
        "shapes[0].x0": start - 0.5,
        "shapes[0].x1": start + data.n_in - 0.5,
        "shapes[1].x0": start + data.n_in - 0.5,
        "shapes[1].x1": start + n - 0.5,
      },
      [1, 2],
    );
    view.chart.dataset.window = start + 1; // tests and screenshots wait for it
  } finally {
    view.drawing = false;
  }
  if (view.stale) {
    view.stale = false;
    show(view);
  }
}

function rest(view) {
  clearInterval(view.timer);
  view.timer = null;
  view.play.textContent = "Play";
}

function go(view) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const last = view.data.starts.length - 1;
  if (view.frame >= last) view.frame = -1; // from the beginning again
  view.play.textContent = "Pause";
  view.timer = setInterval(
    () => {
      if (!view.root.isConnected || view.frame >= last) return rest(view);
      if (view.drawing) return;
      view.frame += 1;
      show(view);
    },
    calm ? CALM : PACE,
  );
}

function listen(view) {
  view.play.addEventListener("click", () => (view.timer ? rest(view) : go(view)));
  view.slider.addEventListener("input", () => {
    rest(view);
    view.frame = Number(view.slider.value);
    show(view);
  });
}

async function draw(view) {
  const { data } = view;
  try {
    view.Plotly = await loadPlotly(data.plotly);
    if (!view.root.isConnected || view.data !== data) return;
    await view.Plotly.react(view.chart, data.figure.data, themed(data.figure, view.chart), {
      ...data.config,
      displayModeBar: false,
    });
    await show(view);
  } catch (error) {
    view.chart.textContent = error.message;
  }
}

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".window-view");
  if (!root.view) {
    root.view = {
      root,
      frame: 0,
      chart: root.querySelector(".chart"),
      play: root.querySelector(".play"),
      slider: root.querySelector("input"),
      where: root.querySelector("output"),
    };
    listen(root.view);
  }
  const view = root.view;
  rest(view);
  view.data = data;
  view.frame = Math.min(Math.max(view.frame, 0), data.starts.length - 1);
  view.slider.max = data.starts.length - 1;
  view.chart.setAttribute("role", "figure");
  view.chart.setAttribute("aria-label", data.label);
  draw(view);
  return () => {
    rest(view);
    setTimeout(() => {
      if (!root.isConnected && view.Plotly) view.Plotly.purge(view.chart);
    }, 1000);
  };
}
