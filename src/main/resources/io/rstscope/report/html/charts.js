// What all charts share, and that of causes. Each has a table, or a list, that says the same to who cannot see it.

/** Where a line is broken. */
const GAP = { x: null, y: null };

const charts = [];

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Makes a chart again and again: when the colours change it is made anew. */
function chart(id, describe, options) {
  charts.push({ id, options });
  document.getElementById(id).setAttribute("aria-label", describe);
}

function drawCharts() {
  Chart.defaults.animation = false;
  Chart.defaults.maintainAspectRatio = false;
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 13;
  Chart.defaults.color = colour("text");
  Chart.defaults.borderColor = colour("line");
  for (const each of charts) {
    each.drawn?.destroy();
    each.drawn = new Chart(document.getElementById(each.id), each.options());
  }
}

function withoutChart(id, why) {
  document.getElementById(id).parentElement.replaceWith(element("p", { className: "note" }, why));
}

function stacked(labels, valueOf, more = {}) {
  return SENDERS.map((sender) => ({
    label: sender,
    data: labels.map((label, i) => valueOf(sender, label, i)),
    backgroundColor: colour(sender),
    borderColor: colour("paper"),
    borderWidth: 1,
    ...more,
  })).filter((set) => set.data.some((value) => (value.y ?? value) > 0));
}

const wholeNumbers = { beginAtZero: true, ticks: { precision: 0 } };

function causesChart() {
  if (data.causes.length === 0) {
    withoutChart("causes-chart", "Nothing was lost or refused.");
    return;
  }
  document.getElementById("causes-box").style.height = `${110 + 36 * data.causes.length}px`;
  const described = data.causes.map((each) => `${each.cause} ${each.connections}`).join(", ");
  chart("causes-chart", `Connections by cause: ${described}`, () => ({
    type: "bar",
    data: {
      labels: data.causes.map((each) => each.cause),
      datasets: stacked(data.causes, (sender, each) => each.endedBy[sender] ?? 0),
    },
    options: {
      indexAxis: "y",
      scales: {
        x: { ...wholeNumbers, stacked: true, title: { display: true, text: "connections lost or refused" } },
        y: { stacked: true, grid: { display: false } },
      },
      plugins: { legend: { title: { display: true, text: "ended by" } } },
      onClick: (_, [bar]) => bar && filterBy({ cause: data.causes[bar.index].cause }),
    },
  }));
}
