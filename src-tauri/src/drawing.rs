//! Takes what graphics cards there are, chooses how the web view draws. Knows nothing of what it shows.

use std::{
    fs::{DirEntry, File},
    path::Path,
    sync::OnceLock,
};

use tauri::WebviewWindow;
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// Where Linux shows the graphics cards, and where those with their makers' own drivers stand.
const CARDS: &str = "/dev/dri";
const CARDS_OF_THEIR_MAKERS: [&str; 3] = ["/dev/nvidia0", "/dev/dxg", "/dev/mali0"];
/// WebKit's own word for drawing in layers whatever there is.
const FORCED: &str = "WEBKIT_FORCE_COMPOSITING_MODE";

/// A graphics card draws, or the reader wants it to be so. Looked at once: what the toolkit is told and what is chosen go
/// together.
pub(crate) fn draws_by_card() -> bool {
    static DRAWS: OnceLock<bool> = OnceLock::new();
    *DRAWS.get_or_init(|| {
        let forced = std::env::var_os(FORCED).is_some_and(|value| value != "0");
        let of_its_maker = || CARDS_OF_THEIR_MAKERS.iter().any(|card| Path::new(card).exists());
        forced || one_draws(Path::new(CARDS)) || of_its_maker()
    })
}

/// Without a graphics card, what it would do is worked out by the processor (llvmpipe): that takes longer than to draw the
/// page as one, and a hundred megabytes. With one, WebKit knows best.
pub(crate) fn choose(window: &WebviewWindow) {
    if draws_by_card() {
        return;
    }
    // Where it cannot be said, the page is drawn all the same.
    let _unsaid = window.with_webview(|webview| {
        if let Some(settings) = WebViewExt::settings(&webview.inner()) {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    });
}

/// What only brings pictures to a screen is a `card0`; what draws has a `renderD128` beside it, and may be closed to us.
fn one_draws(cards: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(cards) else { return false };
    let opens = |path| File::options().read(true).write(true).open(path).is_ok();
    let draws = |entry: &DirEntry| entry.file_name().to_string_lossy().starts_with("renderD");
    entries.flatten().any(|entry| draws(&entry) && opens(entry.path()))
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
        std::fs::create_dir(folder.path().join("renderD127")).unwrap();
        assert!(!one_draws(folder.path()), "it cannot be opened to be written to");
        std::fs::write(folder.path().join("renderD128"), "").unwrap();
        assert!(one_draws(folder.path()));
    }
}
