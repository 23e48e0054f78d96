//! Takes what the window asks of the shell around the engine: the sample, files and links. Never reads a file that the
//! reader did not choose, and opens nothing but pages of the web.

use std::path::{Path, PathBuf};

use pepites_core::model::{DigestId, Phrase};
use pepites_engine::{
    Desk, ExportFormat,
    catalogue::Language,
    contract::{BackupView, Code, Problem, WholeExport},
};
use serde::Serialize;
use tauri::{AppHandle, Manager, State, Url, WebviewWindow};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

use crate::{
    language::{Speech, language},
    openers, tray,
};

/// Where the window is.
#[derive(Serialize)]
pub(crate) struct Here {
    /// The sample library lies on the desk.
    sample: bool,
    /// `fr` or `en`.
    language: &'static str,
}

/// Tells where the window is.
#[tauri::command]
pub(crate) fn desk(desk: State<'_, Desk>) -> Here {
    Here { sample: desk.is_sample(), language: language(|name| std::env::var(name).ok()) }
}

/// Lays the sample library on the desk.
#[tauri::command]
pub(crate) async fn enter_sample(desk: State<'_, Desk>) -> Result<(), Problem> {
    desk.enter_sample().await
}

/// Lays the reader's own library on the desk.
#[tauri::command]
pub(crate) async fn leave_sample(desk: State<'_, Desk>) -> Result<(), Problem> {
    desk.leave_sample().await;
    Ok(())
}

/// Hears which language the page speaks.
#[tauri::command]
pub(crate) async fn speak(app: AppHandle, language: String) {
    if let Some(language) = Language::from_locale(&language) {
        app.state::<Speech>().set(language);
        tray::say(&app).await;
    }
}

/// The least and the most that a page is enlarged by.
const ZOOM: std::ops::RangeInclusive<f64> = 0.5..=3.0;

/// Shows the page enlarged by that factor.
#[tauri::command]
pub(crate) fn zoom(window: WebviewWindow, factor: f64) -> Result<(), Problem> {
    if !ZOOM.contains(&factor) {
        return Err(Problem::new(Code::BadInput).with("input", factor));
    }
    window.set_zoom(factor).map_err(Problem::fault)
}

/// Opens the system's dialog that prints the page, on paper or as a PDF.
#[tauri::command]
pub(crate) fn print(window: WebviewWindow) -> Result<(), Problem> {
    window.print().map_err(Problem::fault)
}

/// Leaves the program, as the icon in the tray does; what runs is ended first.
#[tauri::command]
pub(crate) fn quit(app: AppHandle) {
    app.exit(0);
}

/// Asks for a file to import; None when the reader changed their mind.
#[tauri::command]
pub(crate) async fn pick_file(window: WebviewWindow) -> Option<PathBuf> {
    let (tell, told) = oneshot::channel();
    window.dialog().file().set_parent(&window).pick_file(|file| {
        let _gone = tell.send(file);
    });
    chosen(told.await.ok().flatten())
}

/// Asks where to save, writes the text there, tells where that was; None when the reader changed their mind.
#[tauri::command]
pub(crate) async fn save_file(window: WebviewWindow, name: String, text: String) -> Result<Option<PathBuf>, Problem> {
    let Some(path) = place_for(&window, name).await else { return Ok(None) };
    write(&path, text.as_bytes()).await?;
    Ok(Some(path))
}

/// How every PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The same for a picture that the page drew: a PNG and nothing else.
#[tauri::command]
pub(crate) async fn save_picture(
    window: WebviewWindow,
    name: String,
    bytes: Vec<u8>,
) -> Result<Option<PathBuf>, Problem> {
    if !bytes.starts_with(PNG) {
        return Err(Problem::new(Code::BadInput).with("input", name));
    }
    let Some(path) = place_for(&window, name).await else { return Ok(None) };
    write(&path, &bytes).await?;
    Ok(Some(path))
}

/// Asks where to save a digest, writes it there, tells where that was; None when the reader changed their mind.
#[tauri::command]
pub(crate) async fn save_digest(
    window: WebviewWindow,
    desk: State<'_, Desk>,
    digest: DigestId,
    format: ExportFormat,
    language: String,
    name: String,
) -> Result<Option<PathBuf>, Problem> {
    let language = Language::from_locale(&language).unwrap_or(Language::English);
    // Made before it is asked where: what cannot be made needs no place.
    let bytes = desk.export_digest(digest, format, language).await?;
    let Some(path) = place_for(&window, name).await else { return Ok(None) };
    write(&path, &bytes).await?;
    Ok(Some(path))
}

/// Where the reader chose, which the dialog has asked about when there was a file.
async fn write(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    tokio::fs::write(path, bytes).await.map_err(|error| {
        let detail = Phrase::new("problem.file_unwritable").with("file", path.display().to_string());
        Problem { code: Code::BadInput, detail: detail.with("detail", error.to_string()) }
    })
}

/// Asks where to save a backup of the library on the desk, writes it there; None when the reader changed their mind.
#[tauri::command]
pub(crate) async fn save_backup(
    window: WebviewWindow,
    desk: State<'_, Desk>,
    name: String,
) -> Result<Option<BackupView>, Problem> {
    match place_for(&window, name).await {
        Some(path) => desk.back_up(path).await.map(Some),
        None => Ok(None),
    }
}

/// The same for everything in open formats.
#[tauri::command]
pub(crate) async fn save_whole(
    window: WebviewWindow,
    desk: State<'_, Desk>,
    language: String,
    name: String,
) -> Result<Option<WholeExport>, Problem> {
    let language = Language::from_locale(&language).unwrap_or(Language::English);
    match place_for(&window, name).await {
        Some(path) => desk.export_whole(path, language).await.map(Some),
        None => Ok(None),
    }
}

/// Asks where to save, which the dialog asks about again where there is a file.
async fn place_for(window: &WebviewWindow, name: String) -> Option<PathBuf> {
    let (tell, told) = oneshot::channel();
    window.dialog().file().set_parent(window).set_file_name(name).save_file(|file| {
        let _gone = tell.send(file);
    });
    chosen(told.await.ok().flatten())
}

/// Opens a page in the reader's browser, by the first of the system's openers that can; where none can, the reader
/// gets the address to copy.
#[tauri::command]
pub(crate) async fn open_link(url: String) -> Result<(), Problem> {
    let page = page(&url).ok_or_else(|| Problem::new(Code::BadInput).with("input", url))?;
    hand_over(page.into()).await
}

/// Hands an address that was made or checked here to the first of the system's openers that takes it.
pub(crate) async fn hand_over(address: String) -> Result<(), Problem> {
    let own = address.clone();
    // It waits for each opener in turn: not on a thread that the window's other calls need.
    let opened = tokio::task::spawn_blocking(move || openers::hand_over(&own)).await;
    if opened.map_err(Problem::fault)? { Ok(()) } else { Err(Problem::new(Code::NoBrowser).with("url", address)) }
}

fn chosen(file: Option<FilePath>) -> Option<PathBuf> {
    file.and_then(|file| file.into_path().ok())
}

/// An http or https address without what could speak to the program that opens it.
fn page(address: &str) -> Option<Url> {
    let plain: String = address.chars().filter(|letter| !letter.is_control()).collect();
    Url::parse(plain.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_web_are_opened_and_nothing_is_smuggled_in() {
        for (address, opened) in [
            ("https://a.example/x?y=1#z", Some("https://a.example/x?y=1#z")),
            ("http://a.example", Some("http://a.example/")),
            ("https://a.example/\u{1b}]0;x\u{7}\n--evil", Some("https://a.example/]0;x--evil")),
            ("java\nscript:x()", None),
            ("file:///etc/passwd", None),
            ("mailto:me@a.example", None),
            ("--version", None),
            ("https://", None),
            ("", None),
        ] {
            assert_eq!(page(address).map(String::from).as_deref(), opened, "{address:?}");
        }
    }
}
