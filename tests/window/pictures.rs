//! Takes the pictures of the README from the real window: `make pictures`. Always the same day of the same world.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    screens::{self, SCREENS},
    stage::{ENGLISH, NOW, Setting, Stage, Window},
};

/// A laptop's window: the story beside the list.
const WIDTH: u32 = 1280;
const HEIGHT: u32 = 800;
/// Colours of a picture: paper, inks and the steps between them. More would weigh more and show no more.
const COLOURS: &str = "128";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../pictures")
}

/// Rewrites a picture with few colours.
fn reduce(path: &Path) {
    let mut convert = Command::new("convert");
    convert.arg(path).args(["-strip", "+dither", "-colors", COLOURS, "-define", "png:compression-level=9"]);
    let target = format!("PNG8:{}", path.display());
    assert!(convert.arg(target).status().expect("imagemagick is missing: `make pictures` installs it").success());
}

/// Takes a picture of a page that is drawn whole: fonts and pictures first.
async fn take(window: &Window, path: &Path) {
    let drawn = "return document.fonts.status === 'loaded' && [...document.images].every((image) => image.loading === 'lazy' || image.complete)";
    window.until("the page is drawn", drawn).await;
    window.picture(path).await;
}

async fn album(setting: Setting) {
    std::fs::create_dir_all(folder()).unwrap();
    let stage = Stage::set(setting).await;
    let colours = if setting.dark { "dark" } else { "light" };
    stage.remember_size(WIDTH, HEIGHT);
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window
        .until("the window has its size", &format!("return innerWidth === {WIDTH} && innerHeight === {HEIGHT}"))
        .await;
    let take = async |screen: &str| {
        let path = folder().join(format!("{screen}-{colours}.png"));
        take(&window, &path).await;
        reduce(&path);
    };
    window.find("//h1[.='Pépites']").await;
    take("welcome").await;
    window.push("Open the sample library").await;
    window.see("[data-post]").await;
    window.until("nothing runs any more", "return !document.querySelector('.strip')").await;
    take("today").await;
    window.press("j").await;
    window.see(".story article h1").await;
    take("story").await;
    window.press("g").await;
    window.press("s").await;
    window.see("[role=treeitem]:not([aria-expanded])").await.click().await.unwrap();
    window.see("main .list [data-post]").await;
    take("sources").await;
    window.press("g").await;
    window.press("r").await;
    window.see(".charts svg").await;
    take("trends").await;
    window.press("g").await;
    window.press("m").await;
    window.see(".step").await;
    take("room").await;
    window.close().await;
}

#[tokio::test]
#[ignore = "`make pictures` takes them"]
async fn the_pictures_of_the_readme() {
    album(ENGLISH).await;
    album(Setting { dark: true, ..ENGLISH }).await;
}

/// Where the pictures of every screen go.
const LOOK: &str = "PEPITES_LOOK";

const FRENCH: Setting = Setting { language: "fr_FR.UTF-8", dark: false };

/// How every screen is looked at: three panes, two and one, each in both languages and both themes, and at 200 % of a laptop.
const LOOKS: &[(Setting, (u32, u32))] = &[
    (ENGLISH, (1400, 900)),
    (Setting { dark: true, ..FRENCH }, (1400, 900)),
    (FRENCH, (1000, 800)),
    (Setting { dark: true, ..ENGLISH }, (1000, 800)),
    (ENGLISH, (480, 900)),
    (Setting { dark: true, ..FRENCH }, (480, 900)),
    (FRENCH, (640, 400)),
];

/// The same on large screens.
const WIDE_LOOKS: &[(Setting, (u32, u32))] =
    &[(ENGLISH, (2560, 1400)), (Setting { dark: true, ..FRENCH }, (3840, 2100))];

/// Where pictures go that a journey takes for who looks; None for everybody else.
pub(crate) fn folder_of_looks() -> Option<PathBuf> {
    let folder = std::env::var_os(LOOK).map(PathBuf::from)?;
    std::fs::create_dir_all(&folder).unwrap();
    Some(folder)
}

/// Pictures of a page that is longer than the window, down to its end, at most eight.
pub(crate) async fn to_the_end(window: &Window, folder: &Path, name: &str) {
    for piece in 1..8 {
        let down = "const page = [...document.querySelectorAll('main, main *')].filter((one) => one.scrollHeight > one.clientHeight + 8 && /auto|scroll/.test(getComputedStyle(one).overflowY)).sort((a, b) => b.scrollHeight - a.scrollHeight)[0] ?? document.scrollingElement; const before = page.scrollTop; page.scrollTop += page.clientHeight - 60; return page.scrollTop > before";
        if window.run(down).await.unwrap() != true {
            return;
        }
        take(window, &folder.join(format!("{name}-{piece}.png"))).await;
    }
}

#[tokio::test]
#[ignore = "for who looks: PEPITES_LOOK=FOLDER says where the pictures go"]
async fn every_screen() {
    look(LOOKS).await;
}

#[tokio::test]
#[ignore = "for who looks: PEPITES_LOOK=FOLDER says where the pictures go"]
async fn every_screen_of_a_large_window() {
    look(WIDE_LOOKS).await;
}

async fn look(looks: &[(Setting, (u32, u32))]) {
    let folder = std::env::var_os(LOOK).map(PathBuf::from).expect("PEPITES_LOOK says no folder");
    std::fs::create_dir_all(&folder).unwrap();
    for (setting, (width, height)) in looks {
        let stage = Stage::set(*setting).await;
        stage.remember_size(*width, *height);
        let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
        window.until("the window has its size", &format!("return innerWidth === {width}")).await;
        window.find("//h1[.='Pépites']").await;
        let look = format!(
            "{}-{width}-{}",
            setting.language.split('_').next().unwrap(),
            if setting.dark { "dark" } else { "light" }
        );
        take(&window, &folder.join(format!("welcome-{look}.png"))).await;
        screens::open_sample(&window).await;
        screens::star_some(&window).await;
        screens::meet_people(&window).await;
        for screen in SCREENS {
            screens::go(&window, screen).await;
            take(&window, &folder.join(format!("{}-{look}.png", screen.name.replace(' ', "_")))).await;
        }
        window.close().await;
    }
}
