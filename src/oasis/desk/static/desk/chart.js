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

function option(data) {
  const style = getComputedStyle(document.body);
  const colour = (name) => style.getPropertyValue(name).trim();
  const words = { color: colour("--ink-2"), fontFamily: style.fontFamily, fontSize: 13 };
  const shapes = ["circle", "rect", "triangle", "diamond"];
  return {
    animation: false,
    color: ["--accent", "--amber-ink", "--blue-ink", "--red-ink", "--quiet-ink"].map(colour),
    textStyle: words,
    grid: { left: 8, right: 12, top: data.series.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
    legend: data.series.length > 1 ? { top: 0, textStyle: words } : undefined,
    tooltip: { trigger: "axis", backgroundColor: colour("--surface"), borderColor: colour("--line"), textStyle: { color: colour("--ink") } },
    aria: { enabled: true, decal: { show: data.series.length > 1 } },
    xAxis: { type: "category", data: data.labels, axisLabel: words, axisLine: { lineStyle: { color: colour("--line-strong") } } },
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
  const picture = window.echarts.init(canvas, undefined, { renderer: "svg" });
  const paint = () => picture.setOption(option(data), true);
  paint();
  figure.querySelector(".chart-table").open = false;
  new ResizeObserver(() => picture.resize()).observe(canvas);
  new MutationObserver(paint).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}

document.querySelectorAll("figure[data-chart]").forEach(draw);
