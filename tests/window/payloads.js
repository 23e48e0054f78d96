// Run inside the real window: shows each post of a list in the app's own post view, tells what was seen that must not be.
const [numbers, done] = arguments;
const FOREIGN =
  "script, style, link, iframe, frame, frameset, object, embed, applet, form, base, meta, svg, math, video, audio, source, track, input, button, select, textarea, template, dialog, noscript, plaintext";
const faults = [];
let shown = 0;
const pause = () => new Promise((end) => setTimeout(end, 5));

function look(number) {
  const body = document.querySelector(".story .body");
  const wrong = (what) => faults.push(`payload ${number}: ${what}`);
  for (const element of body.querySelectorAll(FOREIGN)) wrong(`<${element.localName}>`);
  for (const element of body.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || name === "style" || name === "srcdoc" || name === "formaction") wrong(name);
      const url = ["href", "src", "action", "background", "poster", "ping", "data"].includes(name);
      if (url && !/^(https?:|mailto:|img:|#|$)/i.test(value.trim())) wrong(`${name}=${value}`);
      if (name === "src" && !value.startsWith("img://localhost/")) wrong(`src=${value}`);
    }
    const { position } = getComputedStyle(element);
    if (position !== "static" && position !== "relative") wrong(`${element.localName} is ${position}`);
  }
  const corner = document.elementFromPoint(5, 5);
  if (!corner || body.contains(corner)) wrong("something lies over the page");
  if (document.querySelectorAll("body > *").length !== outside) wrong("something was put beside the app");
}

/** Something bad in the body is noticed: a test that sees nothing would pass too. */
function sees() {
  const before = faults.length;
  const form = document.createElement("form");
  form.style.cssText = "position: fixed; inset: 0";
  document.querySelector(".story .body").append(form);
  look("made up");
  form.remove();
  const seen = faults.splice(before);
  return ["<form>", "style", "form is fixed", "something lies over the page"].every((what) => seen.includes(`payload made up: ${what}`));
}

const outside = document.querySelectorAll("body > *").length;
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => (ran.push(name), null);
const ran = [];
window.alert();
let notices = ran.length === 1;
ran.length = 0;
document.addEventListener("securitypolicyviolation", (event) => faults.push(`refused: ${event.violatedDirective} ${event.blockedURI}`));
(async () => {
  for (const [post, number] of numbers) {
    location.hash = `#/today/post/${post}`;
    const end = Date.now() + 20000;
    const title = () => document.querySelector(".story article h1")?.textContent.trim();
    const text = () => document.querySelector(".story .body")?.textContent ?? "";
    const there = () => title() === `Payload ${number}` && text().startsWith("Before it.");
    while (!there() && Date.now() < end) await pause();
    if (!there()) {
      faults.push(`payload ${number} is not shown, but ${title()}: ${text()}`);
      continue;
    }
    if (shown === 0) notices &&= sees();
    look(number);
    shown += 1;
    if (ran.length > 0) faults.push(`payload ${number} ran ${ran.splice(0)}`);
  }
  await pause();
  done([shown, notices, faults.concat(ran)]);
})();
