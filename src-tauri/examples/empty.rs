//! Gives an empty window of the same framework, and nothing else; with a number, a plain list of so many rows in it: what
//! `make bench` holds the real one against.

use std::process::ExitCode;

use tauri::{
    WebviewUrl, WebviewWindowBuilder,
    http::{
        Response,
        header::{CONTENT_TYPE, HeaderValue},
    },
};

/// A page that says when it is painted, as the real one does of its first story.
const PAGE: &str = "<!doctype html><title>Empty</title><script>
requestAnimationFrame(() => setTimeout(() => performance.mark('story')));
</script><p>Empty";

/// A list without a framework, named as the real one is: n and j stand on the next row, p and k on the one before. Its rows
/// are as high as the real ones and hold a button and a line each.
const LIST: &str = "<!doctype html><title>List</title><style>
html, body { height: 100%; margin: 0; font: 15px sans-serif }
.list { height: 100%; overflow-y: auto; overflow-anchor: none }
ol { margin: 0 auto; padding: 0; max-width: 46rem; list-style: none }
li { height: 117px; border-top: 1px solid #ddd }
.current { background: #def }
</style><main><section class='list'><ol></ol></section></main><script>
const list = document.querySelector('ol');
list.innerHTML = Array.from({ length: ROWS }, (_, row) => `<li data-post='${row}'><button>Row ${row}</button><p>A line of it`).join('');
let stood = -1;
addEventListener('keydown', ({ key }) => {
  const next = list.children[stood + ({ n: 1, j: 1, p: -1, k: -1 }[key] ?? 0)];
  if (!next) return;
  const [before, button] = [list.children[stood], next.querySelector('button')];
  before?.classList.remove('current');
  before?.querySelector('button').removeAttribute('aria-current');
  stood = Number(next.dataset.post);
  next.classList.add('current');
  button.setAttribute('aria-current', 'true');
  next.scrollIntoView({ block: 'nearest' });
  button.focus({ preventScroll: true });
});
requestAnimationFrame(() => setTimeout(() => performance.mark('story')));
</script>";

fn main() -> ExitCode {
    let rows = std::env::args().nth(1).and_then(|rows| rows.parse::<u32>().ok());
    let page = rows.map_or_else(|| PAGE.to_owned(), |rows| LIST.replace("ROWS", &rows.to_string()));
    let ran = tauri::Builder::default()
        .register_uri_scheme_protocol("empty", move |_, _| {
            let mut page = Response::new(page.clone().into_bytes());
            // Without it the web view takes the page for a file to download, and shows none.
            page.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
            page
        })
        .setup(|app| {
            let page = WebviewUrl::CustomProtocol("empty://localhost/".parse()?);
            WebviewWindowBuilder::new(app, "main", page).inner_size(1_240.0, 840.0).build()?;
            Ok(())
        })
        .run(tauri::generate_context!());
    if ran.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
