// Takes the folder of a built window, serves it on loopback, with a drawn picture for each of /picture/…. Nothing else.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const KINDS = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

/** The policy of the real window, as near as a browser lets it come. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** A quiet picture of a harbour, in the proportions that the posts declare. */
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="720" viewBox="0 0 1200 720">
<rect width="1200" height="720" fill="#cfd8dc"/><rect y="430" width="1200" height="290" fill="#7d97a5"/>
<path d="M0 430 220 300l160 90 200-150 240 170 180-80 200 70z" fill="#a3b4b5"/>
<path d="M420 470h230l-40 52H462zM530 470V290l92 160zM522 300v150h-70z" fill="#f1ece2"/>
<path d="M0 560q150-22 300 0t300 0 300 0 300 0v160H0z" fill="#5f7c8c"/></svg>`;

export function serve(folder) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://loopback").pathname));
    response.setHeader("content-security-policy", POLICY);
    if (path.startsWith("/picture/")) {
      response.setHeader("content-type", "image/svg+xml");
      return void response.end(PICTURE);
    }
    const file = join(folder, path === "/" ? "index.html" : path);
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.statusCode = 404;
      return void response.end();
    }
    response.setHeader("content-type", KINDS[extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  return new Promise((ready) => {
    server.listen(0, "127.0.0.1", () => ready({ address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }));
  });
}
