//! Takes what graphics cards there are, chooses how the web view draws. Knows nothing of what it shows.

use std::path::Path;

use tauri::WebviewWindow;
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// Where Linux shows the graphics cards.
const CARDS: &str = "/dev/dri";
/// WebKit's own word for drawing in layers whatever there is.
const FORCED: &str = "WEBKIT_FORCE_COMPOSITING_MODE";

/// Without a graphics card, what it would do is worked out by the processor (llvmpipe): that takes longer than to draw the
/// page as one, and a hundred megabytes. With one, WebKit knows best.
pub(crate) fn choose(window: &WebviewWindow) -> tauri::Result<()> {
    if one_draws(Path::new(CARDS)) || std::env::var_os(FORCED).is_some() {
        return Ok(());
    }
    window.with_webview(|webview| {
        if let Some(settings) = WebViewExt::settings(&webview.inner()) {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// What only brings pictures to a screen is a `card0`; what draws has a `renderD128` beside it.
fn one_draws(cards: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(cards) else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_that_only_shows_does_not_draw() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!one_draws(&folder.path().join("none")), "a machine without any");
        std::fs::write(folder.path().join("card0"), "").unwrap();
        assert!(!one_draws(folder.path()));
        std::fs::write(folder.path().join("renderD128"), "").unwrap();
        assert!(one_draws(folder.path()));
    }
}
