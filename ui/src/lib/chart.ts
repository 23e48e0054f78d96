// Takes the figures of a chart, gives its geometry (by D3), its table, and it as a file. Never draws, never asks.
// Without D3's scales: their colours assign to what they inherit, which the window's frozen prototypes refuse.

import { nice, ticks } from "d3-array";
import { line, stack } from "d3-shape";

export type Size = { width: number; height: number };
/** Room around the bars for the axes, and above for what a line over them says: it lies on no bar. */
export const MARGIN = { top: 22, right: 10, bottom: 24, left: 44 };

/** A piece of a stacked bar: which part, where it stands. */
export type Piece = { part: number; x: number; y: number; width: number; height: number };

/** Where a bar begins, how wide it is, and how far it is to the next. */
export type Band = { at: (bar: number) => number; width: number; step: number };

export type Bars = {
  x: Band;
  /** Where a figure stands. */
  y: (value: number) => number;
  pieces: Piece[];
  ticks: number[];
  /** Bars whose name is written beneath: as many as there is room for. */
  named: number[];
};

/** Room that the name of a bar takes. */
const NAME_WIDTH = 64;

/** Stacked bars: `rows[bar][part]`. `least`: what the axis shows at least, for a line over the bars. */
export function bars(rows: number[][], size: Size, least = 0): Bars {
  const parts = rows[0]?.length ?? 0;
  const highest = Math.max(1, least, ...rows.map((row) => row.reduce((sum, part) => sum + part, 0)));
  const gap = rows.length > 60 ? 0.1 : 0.25;
  const step = (size.width - MARGIN.right - MARGIN.left) / Math.max(1, rows.length - gap);
  const x: Band = { at: (bar) => MARGIN.left + bar * step, width: step * (1 - gap), step };
  const [, top] = nice(0, highest, 4);
  const floor = size.height - MARGIN.bottom;
  const y = (value: number) => floor - (value / top) * (floor - MARGIN.top);
  const stacked = stack<number[], number>()
    .keys(Array.from({ length: parts }, (_, part) => part))
    .value((row, part) => row[part] ?? 0)(rows);
  const pieces = stacked.flatMap((series, part) =>
    series.flatMap(([low, high], bar) =>
      high > low ? [{ part, x: x.at(bar), y: y(high), width: x.width, height: y(low) - y(high) }] : [],
    ),
  );
  const every = Math.max(1, Math.ceil(NAME_WIDTH / Math.max(1, step)));
  // From the last bar back: today has its name.
  const named = rows.map((_, at) => at).filter((at) => (rows.length - 1 - at) % every === 0);
  return { x, y, pieces, ticks: ticks(0, top, 4).filter(Number.isInteger), named };
}

/** The path of a line over the middles of bars. */
export function over(values: number[], { x, y }: Bars): string {
  const path = line<number>()
    .x((_, at) => x.at(at) + x.width / 2)
    .y((value) => y(value));
  return path(values) ?? "";
}

/** A small chart of a row: a path in a box of that size. */
export function spark(values: number[], { width, height }: Size): string {
  const most = Math.max(1, ...values);
  const path = line<number>()
    .x((_, at) => (values.length < 2 ? 0 : (at * width) / (values.length - 1)))
    .y((value) => height - 1 - (value * (height - 2)) / most);
  return path(values) ?? "";
}

/** A table as CSV: a spreadsheet must not take a cell for a formula. */
export function csv(head: string[], rows: (string | number | null)[][]): string {
  const cell = (value: string | number | null): string => {
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** What of its look a drawing takes along when it leaves the page, where no style sheet follows it. */
const LOOK = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "font-family", "font-size", "font-weight", "text-anchor"];

/** Where the reader stands in a drawing. */
export const MARK = ".here";

/** A drawing of the page as an SVG file, in the colours that it has now, on the page's own ground. */
export function svgFile(drawn: SVGSVGElement, title: string): string {
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const marked = [...copy.querySelectorAll<SVGElement>(MARK)];
  const originals = [...drawn.querySelectorAll<SVGElement>("*")];
  [...copy.querySelectorAll<SVGElement>("*")].forEach((each, at) => {
    const original = originals[at];
    if (!original) return;
    const look = getComputedStyle(original);
    for (const name of LOOK) each.setAttribute(name, look.getPropertyValue(name));
    for (const name of [...each.attributes].map((attribute) => attribute.name))
      if (name === "class" || name === "style" || name === "tabindex" || name.startsWith("on") || name.startsWith("data-")) each.removeAttribute(name);
  });
  const { width, height } = drawn.viewBox.baseVal;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.removeAttribute("class");
  // In the page its words are said beside it; alone it says its title. Where the reader stands is no part of it.
  copy.removeAttribute("aria-hidden");
  copy.setAttribute("role", "img");
  marked.forEach((mark) => mark.remove());
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", getComputedStyle(document.documentElement).backgroundColor);
  const name = document.createElementNS("http://www.w3.org/2000/svg", "title");
  name.textContent = title;
  copy.prepend(name, ground);
  return new XMLSerializer().serializeToString(copy);
}
