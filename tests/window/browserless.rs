//! Takes the system's openers of pages away, one by one: the next one is asked, and without any the reader is told so
//! and gets the address. What is opened is told nothing of how this window draws.

use std::{os::unix::fs::PermissionsExt, path::Path};

use crate::{
    reading::first_digest,
    stage::{ENGLISH, Setting, Stage},
    troupe::below,
};

/// Everything that is asked to open a page on a Linux desktop, in order.
const OPENERS: &[&str] = &["xdg-open", "gio", "gnome-open", "kde-open6", "kde-open5", "kde-open"];

/// What `xdg-open` does where no browser is installed.
const NONE_FOUND: &str = "#!/bin/sh\nexit 3\n";

fn put(stage: &Stage, name: &str, script: &str) {
    let path = stage.path("bin").join(name);
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// Writes down what it is asked for, and never ends by itself: a browser that was not running before.
fn browser(list: &Path) -> String {
    format!("#!/bin/sh\nprintf '%s\\n' \"$*\" >> {}\nexec sleep 600\n", list.display())
}

async fn without_a_browser(setting: Setting, words: &str) {
    let stage = Stage::set(setting).await;
    for opener in OPENERS {
        put(&stage, opener, NONE_FOUND);
    }
    let window = first_digest(&stage).await;
    window.press("j").await;
    let link = window.see(".story .body a").await.attr("href").await.unwrap().unwrap();
    let original = link.split("/more").next().unwrap();
    window.press("v").await;
    let said = window.see(".banner.harm").await.text().await.unwrap();
    assert!(said.contains(words) && said.contains(original), "{said}");
    assert_eq!(stage.browsed(), Vec::<String>::new());
    if let Some(folder) = std::env::var_os("PEPITES_SHOTS") {
        let language = setting.language.split('_').next().unwrap_or_default();
        window.picture(&Path::new(&folder).join(format!("browserless-{language}.png"))).await;
    }

    // The next opener is asked where the first one fails; one that goes on running has the page.
    put(&stage, "gio", &browser(&stage.path("browsed")));
    window.see(".banner.harm button").await.click().await.unwrap();
    window.press("v").await;
    assert_eq!(stage.browsing(1).await, [format!("open {original}")]);
    let ask = format!(
        "const done = arguments[arguments.length - 1];
         __TAURI_INTERNALS__.invoke('open_link', {{ url: '{original}' }}).then(() => done('opened'), done)"
    );
    assert_eq!(window.client.execute_async(&ask, Vec::new()).await.unwrap(), "opened");
    window.close().await;
}

/// What the window says to its own toolkit and web view, the first three where no graphics card draws.
const TOLD: [&str; 4] =
    ["GDK_GL", "WEBKIT_DISABLE_DMABUF_RENDERER", "WEBKIT_WEB_RENDER_DEVICE_FILE", "JSC_percentCPUPerMBForFullTimer"];

#[tokio::test]
async fn what_the_web_view_is_told_is_not_told_to_the_browser() {
    let stage = Stage::set(ENGLISH).await.without_layers();
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"${{{}}} ${{LANG-unset}}\" >> {}\n",
        TOLD.join("-unset} ${") + "-unset",
        stage.path("browsed").display()
    );
    put(&stage, "xdg-open", &script);
    let window = first_digest(&stage).await;
    // What the program starts for itself hears it, where no card draws.
    let environments = below(window.driver()).into_iter().filter_map(|process| {
        let environment = std::fs::read(format!("/proc/{process}/environ")).ok()?;
        Some(String::from_utf8_lossy(&environment).into_owned())
    });
    let heard = |environment: String| TOLD.iter().all(|name| environment.contains(&format!("{name}=")));
    assert!(environments.into_iter().any(heard) || Path::new("/dev/dri").exists());
    window.press("j").await;
    window.see(".story .body a").await;
    window.press("v").await;
    assert_eq!(stage.browsing(1).await, [format!("unset unset unset unset {}", ENGLISH.language)]);
    window.close().await;
}

#[tokio::test]
async fn who_has_no_browser_is_told_so_and_gets_the_address() {
    without_a_browser(ENGLISH, "No browser could be opened.").await;
}

#[tokio::test]
async fn who_has_no_browser_is_told_so_in_french() {
    without_a_browser(Setting { language: "fr_FR.UTF-8", ..ENGLISH }, "Aucun navigateur n’a pu être ouvert.").await;
}
