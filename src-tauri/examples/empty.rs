//! Gives an empty window of the same framework, and nothing else: what `make bench` holds the real one against.

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

fn main() -> ExitCode {
    let ran = tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            let mut page = Response::new(PAGE.as_bytes().to_vec());
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
