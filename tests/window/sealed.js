// Run inside the real window: tries every way to the network, then tells which were tried. PORT is replaced.
const done = arguments[arguments.length - 1];
const tried = [];
const waiting = [];
const url = (name) => `http://127.0.0.1:PORT/${name}`;

/** One way; what it throws at once is as good as refused. */
function probe(name, act) {
  tried.push(name);
  try {
    const later = act(url(name));
    if (later && typeof later.then === "function") waiting.push(later.then(() => {}, () => {}));
  } catch {
    // Refused.
  }
}

function add(tag, properties, parent = document.body, inner = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) element.setAttribute(name, value);
  element.innerHTML = inner;
  parent.append(element);
  if (typeof element.load === "function") element.load();
  return element;
}

const element = (name, tag, attribute, more = {}) => probe(name, (to) => void add(tag, { ...more, [attribute]: to }));
const html = (name, text) => probe(name, (to) => void add("div", {}, document.body, text.replaceAll("URL", to)));

element("img", "img", "src");
element("img-srcset", "img", "srcset");
element("video", "video", "src", { preload: "auto", autoplay: "" });
element("video-poster", "video", "poster");
element("audio", "audio", "src", { preload: "auto" });
element("iframe", "iframe", "src");
element("frame", "frame", "src");
element("embed", "embed", "src");
element("object", "object", "data", { type: "text/html" });
element("object-image", "object", "data", { type: "image/png" });
element("script", "script", "src");
element("script-module", "script", "src", { type: "module" });
element("input-image", "input", "src", { type: "image" });
element("body-background", "table", "background");
for (const rel of ["stylesheet", "icon", "apple-touch-icon", "manifest", "prefetch", "prerender", "preconnect", "dns-prefetch", "modulepreload", "next", "pingback", "import"]) {
  probe(`link-${rel}`, (to) => void add("link", { rel, href: to }, document.head));
}
for (const as of ["script", "style", "image", "font", "fetch", "video", "track", "worker"]) {
  probe(`preload-${as}`, (to) => void add("link", { rel: "preload", as, href: to, crossorigin: "" }, document.head));
}
html("picture", '<picture><source srcset="URL"><img src="URL"></picture>');
html("media-source", '<video autoplay><source src="URL" type="video/mp4"><track src="URL" default></video>');
html("audio-source", '<audio autoplay><source src="URL" type="audio/mpeg"></audio>');
html("svg-image", '<svg width="9" height="9"><image href="URL" width="9" height="9"/></svg>');
html("svg-image-xlink", '<svg width="9" height="9"><image xlink:href="URL" width="9" height="9"/></svg>');
html("svg-use", '<svg width="9" height="9"><use href="URL#x"/></svg>');
html("svg-filter", '<svg width="9" height="9"><filter id="f"><feImage href="URL"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>');
html("svg-script", '<svg><script href="URL"></script></svg>');
html("style-attribute", '<p style="background:url(URL);list-style-image:url(URL);cursor:url(URL),auto">x</p>');
html("style-element", "<style>@import url(URL); body { background: url(URL) }</style>");
html("iframe-srcdoc", '<iframe srcdoc="<img src=URL><script>fetch(\'URL\')</script>"></iframe>');
html("nested-form", '<form action="URL"><button formaction="URL">x</button></form>');
probe("style-from-script", (to) => {
  const style = add("style", {}, document.head);
  style.textContent = `@import url(${to}); @font-face { font-family: probe; src: url(${to}) } * { font-family: probe; background-image: url(${to}) }`;
});
probe("style-property", (to) => void (add("p", {}).style.backgroundImage = `url(${to})`));
probe("style-sheet", (to) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`body::after { content: url(${to}) }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
});
probe("font-face", (to) => new FontFace("probed", `url(${to})`).load());
probe("image", (to) => void (new Image().src = to));
probe("audio-object", (to) => void new Audio(to).play().catch(() => {}));
probe("fetch", (to) => fetch(to));
probe("fetch-no-cors", (to) => fetch(to, { mode: "no-cors" }));
probe("fetch-post", (to) => fetch(to, { method: "POST", body: "x", mode: "no-cors" }));
probe("fetch-keepalive", (to) => fetch(to, { keepalive: true, mode: "no-cors" }));
probe("xhr", (to) => {
  const request = new XMLHttpRequest();
  request.open("GET", to);
  request.send();
});
probe("xhr-sync", (to) => {
  const request = new XMLHttpRequest();
  request.open("GET", to, false);
  request.send();
});
probe("beacon", (to) => void navigator.sendBeacon(to, "x"));
probe("event-source", (to) => void new EventSource(to));
probe("web-socket", (to) => void new WebSocket(to.replace("http:", "ws:")));
probe("web-socket-secure", (to) => void new WebSocket(to.replace("http:", "wss:")));
probe("worker", (to) => void new Worker(to));
probe("worker-module", (to) => void new Worker(to, { type: "module" }));
probe("shared-worker", (to) => void new SharedWorker(to));
probe("worker-blob", (to) => void new Worker(URL.createObjectURL(new Blob([`importScripts("${to}"); fetch("${to}")`]))));
probe("service-worker", (to) => navigator.serviceWorker.register(to));
probe("import", (to) => import(to));
probe("import-blob", (to) => import(URL.createObjectURL(new Blob([`import "${to}"`], { type: "text/javascript" }))));
probe("worklet", (to) => CSS.paintWorklet.addModule(to));
probe("audio-worklet", (to) => new AudioContext().audioWorklet.addModule(to));
probe("web-transport", (to) => new WebTransport(to.replace("http:", "https:")).ready);
probe("rtc", async () => {
  const connection = new RTCPeerConnection({ iceServers: [{ urls: "turn:127.0.0.1:PORT?transport=tcp", username: "x", credential: "x" }] });
  connection.createDataChannel("x");
  await connection.setLocalDescription(await connection.createOffer());
});
probe("notification", (to) => void new Notification("x", { icon: to }));
probe("cache", async (to) => (await caches.open("x")).add(to));
probe("base", (to) => {
  const base = add("base", { href: to }, document.head);
  add("img", { src: "relative.png" });
  base.remove();
});
// Our own scheme fetches nothing of this machine for a page, whatever the way of writing it.
for (const name of ["own-scheme", "own-scheme-plain"]) {
  probe(name, (to) => {
    const image = new Image();
    const ended = new Promise((end) => (image.onload = image.onerror = end));
    image.src = `img://localhost/${name === "own-scheme" ? encodeURIComponent(to) : to}`;
    return ended;
  });
}
probe("meta-policy", (to) => void add("meta", { "http-equiv": "Content-Security-Policy", content: `default-src * ; report-uri ${to}` }, document.head));

Promise.race([Promise.all(waiting), new Promise((end) => setTimeout(end, 5000))]).then(() => done(tried));
