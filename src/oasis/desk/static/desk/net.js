// Draws figure[data-net]: each helper as a star of children, from the JSON beside it. The page's table says the same.

const CELL = 168, ARM = 62, SMALL = 74, EDGE = 12;

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

// As many stars a row as the width holds; those who stand alone in rows below. Gives the nodes, the rays and the height.
function layOut(data, width) {
  const across = Math.max(2, Math.floor((width - 2 * EDGE) / CELL));
  const cell = (width - 2 * EDGE) / across;
  const nodes = [], links = [];
  data.stars.forEach((star, n) => {
    const x = EDGE + cell * (n % across + 0.5), y = EDGE + CELL * (Math.floor(n / across) + 0.5);
    nodes.push({ id: star.id, name: star.name, note: star.note, kind: star.kind, x, y });
    star.children.forEach((child, m) => {
      const angle = 2 * Math.PI * (m + 0.5) / star.children.length - Math.PI / 2;
      const id = `${child.id}@${star.id}`; // once a star: no ray crosses the picture
      links.push({ source: star.id, target: id });
      nodes.push({ ...child, id, note: child.again ? "还有别的老师" : "", kind: child.again ? "again" : "child", x: x + Math.min(ARM, cell / 2 - 22) * Math.cos(angle), y: y + ARM * Math.sin(angle), above: Math.sin(angle) < 0 });
    });
  });
  const floor = EDGE + CELL * Math.ceil(data.stars.length / across);
  const row = Math.max(3, Math.floor((width - 2 * EDGE) / SMALL));
  data.alone.forEach((child, n) => nodes.push({ ...child, note: "还没有结对教师", kind: "alone", x: EDGE + SMALL * (n % row + 0.5), y: floor + 56 * Math.floor(n / row) + 24 }));
  return { nodes, links, height: floor + 56 * Math.ceil(data.alone.length / row) + EDGE };
}

function option(laid, width) {
  const style = getComputedStyle(document.body);
  const colour = (name) => style.getPropertyValue(name).trim();
  const tones = { staff: "--accent", outside: "--blue-ink", child: "--quiet-ink", again: "--surface", alone: "--amber-ink" };
  const corners = [[0, 0], [width, laid.height]].map(([x, y], n) => ({ id: `corner-${n}`, name: "", x, y, symbolSize: 0, silent: true }));
  return {
    animation: false,
    textStyle: { color: colour("--ink"), fontFamily: style.fontFamily },
    tooltip: { confine: true, backgroundColor: colour("--surface"), borderColor: colour("--line"), textStyle: { color: colour("--ink") },
      formatter: (one) => one.dataType === "node" ? one.data.name + (one.data.note ? "：" + one.data.note : "") : "" },
    series: [{
      type: "graph", layout: "none", roam: true, left: 0, top: 0, width, height: laid.height, scaleLimit: { min: 0.5, max: 5 },
      emphasis: { focus: "adjacency" }, lineStyle: { color: colour("--line-strong"), width: 1.5 },
      links: laid.links,
      data: [...corners, ...laid.nodes.map((node) => {
        const helper = node.kind === "staff" || node.kind === "outside";
        return {
          ...node, symbol: node.kind === "alone" ? "diamond" : helper ? "roundRect" : "circle", symbolSize: helper ? [24 + 14 * Math.min(node.name.length, 6), 26] : 10,
          itemStyle: { color: colour(tones[node.kind]), borderColor: colour("--quiet-ink"), borderWidth: node.kind === "again" ? 2 : 0 },
          label: { show: true, position: helper ? "inside" : node.above ? "top" : "bottom", fontSize: helper ? 13 : 12, fontWeight: helper ? "bold" : "normal", color: colour(helper ? "--accent-fg" : "--ink") },
        };
      })],
    }],
  };
}

async function draw(figure) {
  const data = JSON.parse(document.getElementById(figure.dataset.net).textContent);
  if (!window.echarts) await load(figure.dataset.echarts);
  const canvas = figure.querySelector(".chart-canvas");
  canvas.hidden = false;
  const picture = window.echarts.init(canvas, undefined, { renderer: "canvas" });
  let known = 0;
  const paint = () => {
    const width = canvas.clientWidth, laid = layOut(data, width);
    known = width;
    canvas.style.height = `${laid.height}px`;
    picture.resize();
    picture.setOption(option(laid, width), true);
  };
  paint();
  new ResizeObserver(() => { if (canvas.clientWidth !== known) paint(); }).observe(canvas);
  new MutationObserver(paint).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
}

document.querySelectorAll("figure[data-net]").forEach(draw);
