// Draws each figure[data-chart] from the JSON beside it; the table stays, folded, for whoever reads rather than looks.

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

// Every label stands below its bar, however narrow the screen: smaller where there are many, broken where one is long.
function axisWords(data, words, wide) {
  const room = Math.floor((wide - 48) / data.labels.length) - 4;
  return { ...words, fontSize: data.labels.length > 6 ? 11 : 12, interval: 0, width: Math.max(room, 22), overflow: "break", lineHeight: 14 };
}

// How much the names of the lines need above the picture: they go on in a second row on a phone.
function headRoom(data, wide) {
  if (data.series.length < 2) return 16;
  const long = data.series.reduce((sum, line) => sum + line.name.length * 13 + 46, 0);
  return 16 + Math.ceil(long / (wide - 24)) * 24;
}

function option(data, wide) {
  const style = getComputedStyle(document.body);
  const colour = (name) => style.getPropertyValue(name).trim();
  const words = { color: colour("--ink-2"), fontFamily: style.fontFamily, fontSize: 13 };
  const shapes = ["circle", "rect", "triangle", "diamond"];
  return {
    animation: false,
    color: ["--accent", "--amber-ink", "--blue-ink", "--red-ink", "--quiet-ink"].map(colour),
    textStyle: words,
    grid: { left: 8, right: 12, top: headRoom(data, wide), bottom: 8, containLabel: true },
    legend: data.series.length > 1 ? { top: 0, textStyle: words } : undefined,
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: colour("--surface"), borderColor: colour("--line"), textStyle: { color: colour("--ink") } },
    aria: { enabled: true, decal: { show: data.series.length > 1 } },
    xAxis: { type: "category", data: data.labels, axisLabel: axisWords(data, words, wide), axisLine: { lineStyle: { color: colour("--line-strong") } } },
    yAxis: { type: "value", minInterval: 1, axisLabel: words, splitLine: { lineStyle: { color: colour("--line") } } },
    series: data.series.map((line, index) => ({
      name: line.name, type: data.kind, data: line.data, stack: data.stack ? "all" : undefined,
      symbol: shapes[index % shapes.length], symbolSize: 8, barMaxWidth: 36,
      label: { show: data.series.length === 1 && data.labels.length <= 12, position: "top", color: colour("--ink") },
    })),
  };
}

async function draw(figure) {
  const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  if (!window.echarts) await load(figure.dataset.echarts);
  const canvas = figure.querySelector(".chart-canvas");
  canvas.hidden = false;
  // Neither SVG nor an HTML tooltip: both write styles into the page, which its policy forbids.
  const picture = window.echarts.init(canvas, undefined, { renderer: "canvas" });
  const paint = () => picture.setOption(option(data, canvas.clientWidth), true);
  paint();
  figure.querySelector(".chart-table").open = false;
  new ResizeObserver(() => { picture.resize(); paint(); }).observe(canvas);
  new MutationObserver(paint).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}

document.querySelectorAll("figure[data-chart]").forEach(draw);
