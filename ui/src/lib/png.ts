// Takes a drawing of the page (rectangles, lines, paths and words), gives it as a PNG on the page's own ground. Drawn anew
// on a canvas: to load the drawing as a picture, the seal of the window would have to be opened for it.

import { MARK } from "./chart";

/** So many points of the picture for one of the page: readable in print. */
const DENSITY = 2;

export async function pngFile(drawn: SVGSVGElement): Promise<Uint8Array> {
  const { width, height } = drawn.viewBox.baseVal;
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * DENSITY);
  canvas.height = Math.ceil(height * DENSITY);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const out = drawn.getScreenCTM()?.inverse();
  for (const each of drawn.querySelectorAll<SVGGraphicsElement>("rect, line, path, text")) {
    if (each.matches(MARK)) continue;
    const place = out && each.getScreenCTM();
    if (!place) continue;
    const { a, b, c, d, e, f } = out.multiply(place);
    context.setTransform(a * DENSITY, b * DENSITY, c * DENSITY, d * DENSITY, e * DENSITY, f * DENSITY);
    paint(context, each, getComputedStyle(each));
  }
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("no picture");
  return new Uint8Array(await blob.arrayBuffer());
}

function paint(context: CanvasRenderingContext2D, each: SVGGraphicsElement, look: CSSStyleDeclaration): void {
  context.globalAlpha = Number(look.opacity) || 0;
  context.lineWidth = parseFloat(look.strokeWidth) || 1;
  context.lineCap = look.strokeLinecap as CanvasLineCap;
  context.setLineDash(look.strokeDasharray === "none" ? [] : look.strokeDasharray.split(/[\s,]+/).map(parseFloat));
  context.fillStyle = look.fill;
  context.strokeStyle = look.stroke;
  const [fill, stroke] = [look.fill !== "none", look.stroke !== "none"];
  if (each instanceof SVGTextElement) {
    context.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
    context.textAlign = look.textAnchor === "middle" ? "center" : look.textAnchor === "end" ? "right" : "left";
    const [words, x, y] = [each.textContent?.trim() ?? "", number(each, "x"), number(each, "y")];
    // Words on a line have a rim of paper, which is drawn before them.
    if (stroke) context.strokeText(words, x, y);
    if (fill) context.fillText(words, x, y);
    return;
  }
  const path = outline(each);
  if (fill && !(each instanceof SVGLineElement)) context.fill(path);
  if (stroke) context.stroke(path);
}

function outline(each: SVGGraphicsElement): Path2D {
  if (each instanceof SVGPathElement) return new Path2D(each.getAttribute("d") ?? "");
  const path = new Path2D();
  if (each instanceof SVGRectElement) path.rect(number(each, "x"), number(each, "y"), number(each, "width"), number(each, "height"));
  else {
    path.moveTo(number(each, "x1"), number(each, "y1"));
    path.lineTo(number(each, "x2"), number(each, "y2"));
  }
  return path;
}

function number(each: SVGGraphicsElement, name: string): number {
  return parseFloat(each.getAttribute(name) ?? "") || 0;
}
