//! Gives the one window: its size, its seals, its way to the front.

use tauri::{
    App, AppHandle, Manager, WebviewUrl, WebviewWindowBuilder, WindowEvent,
    webview::{DownloadEvent, NewWindowResponse},
};

use crate::{manners::Manners, sealed, tray};

/// Its name in `capabilities/window.json`.
const LABEL: &str = "main";
/// What the title bar says.
const TITLE: &str = "Pépites";
/// The first time: list and story side by side, on a small laptop too. Afterwards it is as it was left.
const SIZE: (f64, f64) = (1_240.0, 840.0);
/// One pane at a time still reads well.
const SMALLEST: (f64, f64) = (480.0, 400.0);

/// Opens the window, `hidden` until somebody asks for it. `script` runs before its page does.
pub(crate) fn open(app: &App, script: Option<String>, hidden: bool) -> tauri::Result<()> {
    let development = tauri::is_dev();
    let mut window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title(TITLE)
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .visible(!hidden)
        .on_navigation(move |url| sealed::may_go_to(url, development))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, event| !matches!(event, DownloadEvent::Requested { .. }));
    if let Some(proxy) = sealed::dead_proxy().filter(|_| !development) {
        window = window.proxy_url(proxy);
    }
    if let Some(script) = script {
        window = window.initialization_script(script);
    }
    let window = window.build()?;
    #[cfg(target_os = "linux")]
    crate::drawing::choose(&window);
    let app = app.handle().clone();
    window.clone().on_window_event(move |event| {
        // In the tray it is still at work: the day's digest is made, and the icon brings it back.
        if let WindowEvent::CloseRequested { api, .. } = event
            && tray::is_there(&app)
            && app.state::<Manners>().tray()
        {
            api.prevent_close();
            let _refused = window.hide();
        }
    });
    Ok(())
}

/// Shows the window small: a window that nobody can find is no window.
pub(crate) fn small(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        // A desktop that refuses one of these still has the window.
        let _refused = (window.minimize(), window.show());
    }
}

/// Brings the window to the front.
pub(crate) fn to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        // A desktop that refuses one of these still has the window.
        let _refused = (window.unminimize(), window.show(), window.set_focus());
    }
}
