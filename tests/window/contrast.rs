//! A desktop of high contrast, as the real window hears of it: ink, rules and accents darken, and axe finds nothing.
//! Colours that the system forces are tried in the fake window (`npm run look`): this webview knows none.

use crate::{
    axe, pictures,
    screens::{self, SCREENS},
    stage::{ENGLISH, NOW, Stage},
};

async fn journey(theme: &str, dark: bool) {
    let stage = Stage::set(ENGLISH).await;
    let folder = stage.path("config/gtk-3.0");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("settings.ini"),
        format!("[Settings]\ngtk-theme-name={theme}\ngtk-application-prefer-dark-theme={dark}\n"),
    )
    .unwrap();
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("//h1[.='Pépites']").await;
    let asks = "return matchMedia('(prefers-contrast: more)').matches";
    assert_eq!(window.run(asks).await.unwrap(), true, "the desktop's contrast arrives in the window");
    let scheme = "return matchMedia('(prefers-color-scheme: dark)').matches";
    assert_eq!(window.run(scheme).await.unwrap(), dark, "and its colours");
    let forced = "return matchMedia('(forced-colors: active)').matches";
    assert_eq!(window.run(forced).await.unwrap(), false, "this webview forces colours now: hold its screens here too");
    let axe = axe::script();
    let mut offences = Vec::new();
    screens::open_sample(&window).await;
    screens::star_some(&window).await;
    screens::meet_people(&window).await;
    for screen in SCREENS {
        screens::go(&window, screen).await;
        axe::check(&window, &axe, &format!("{} in {theme}", screen.name), &mut offences).await;
        if let Some(folder) = pictures::folder_of_looks() {
            window.picture(&folder.join(format!("{}-{theme}.png", screen.name))).await;
        }
    }
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
    window.close().await;
}

#[tokio::test]
async fn a_desktop_of_high_contrast_is_heard_and_axe_finds_nothing() {
    journey("HighContrast", false).await;
}

#[tokio::test]
async fn a_dark_desktop_of_high_contrast_is_heard_and_axe_finds_nothing() {
    journey("HighContrastInverse", true).await;
}
