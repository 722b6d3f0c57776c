// Draws a chart from the table that stands behind it: <figure data-chart="bars"> with a <table>; the table stays, for
// those who read it and for print. The first column names the bars, each further one is a series.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function read(table) {
  const [head, ...rows] = [...table.rows].map((row) => [...row.cells].map((cell) => cell.dataset.value ?? cell.textContent.trim()));
  return { series: head.slice(1), names: rows.map((row) => row[0]), values: head.slice(1).map((_, i) => rows.map((row) => Number(row[i + 1]))), words: [...table.rows].slice(1).map((row) => [...row.cells].slice(1).map((cell) => cell.textContent.trim())) };
}

function draw(figure) {
  const { series, names, values, words } = read(figure.querySelector("table"));
  const kind = figure.dataset.chart;
  const place = figure.querySelector(".chart");
  const text = token("--ds-color-neutral-text-default");
  const colours = ["--ds-color-accent-base-default", "--ds-color-warm-base-default", "--ds-color-sky-base-default"].map(token);
  const flat = kind === "bars";
  if (flat) place.style.blockSize = `${Math.max(12, 3 + names.length * (series.length > 1 ? 2.6 : 1.9))}rem`;
  const categories = { type: "category", data: names, inverse: flat, axisLabel: { color: text, width: 160, overflow: "truncate" }, axisTick: { show: false } };
  const amounts = { type: "value", axisLabel: { show: !flat, color: text }, splitLine: { show: !flat, lineStyle: { color: token("--ds-color-neutral-border-subtle") } } };
  const chart = init(place, null, { renderer: "svg" });
  chart.setOption({
    animation: false, color: colours, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: text },
    aria: { enabled: true }, grid: { left: 8, right: 76, top: series.length > 1 ? 40 : 8, bottom: 8, containLabel: true },
    legend: series.length > 1 ? { top: 0, textStyle: { color: text } } : undefined,
    xAxis: flat ? amounts : categories, yAxis: flat ? categories : amounts,
    series: series.map((name, i) => ({ name, type: kind === "lines" ? "line" : "bar", data: values[i], label: { show: flat, position: "right", color: text, formatter: ({ dataIndex }) => words[dataIndex][i] }, barMaxWidth: 22 })),
  });
  new ResizeObserver(() => chart.resize()).observe(place);
}

const drawAll = (root) => root.querySelectorAll("figure[data-chart]").forEach((figure) => {
  if (!figure.dataset.drawn) { figure.dataset.drawn = "yes"; draw(figure); }
});
drawAll(document);
document.addEventListener("htmx:after:swap", () => drawAll(document));
