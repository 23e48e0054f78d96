//! Takes the pictures of the README from the real window: `make pictures`. Always the same day of the same world.

use std::path::{Path, PathBuf};

use crate::stage::{ENGLISH, NOW, Setting, Stage};

/// Name and size: two panes on a laptop, three on a desk.
const SIZES: &[(&str, u32, u32)] = &[("laptop", 1280, 800), ("desk", 1680, 1050)];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../pictures")
}

async fn album(setting: Setting) {
    std::fs::create_dir_all(folder()).unwrap();
    let stage = Stage::set(setting).await;
    for (size, width, height) in SIZES {
        let colours = if setting.dark { "dark" } else { "light" };
        let library = stage.path(size);
        stage.remember_size(*width, *height);
        let window = stage.open(&["--library", library.to_str().unwrap(), "--now", NOW]).await;
        window
            .until("the window has its size", &format!("return innerWidth === {width} && innerHeight === {height}"))
            .await;
        let take = async |screen: &str| {
            // Fonts and pictures first: a page half drawn is no picture.
            window
                .until(
                    "the page is drawn",
                    "return document.fonts.status === 'loaded' && [...document.images].every((image) => image.loading === 'lazy' || image.complete)",
                )
                .await;
            window.picture(&folder().join(format!("{screen}-{size}-{colours}.png"))).await;
        };
        window.find("//h1[.='Pépites']").await;
        take("welcome").await;
        window.find("(//section[.//h1[.='Pépites']]//button)[3]").await.click().await.unwrap();
        window.see("[data-post]").await;
        take("today").await;
        window.press("j").await;
        window.see(".story article h1").await;
        take("story").await;
        window.press("g").await;
        window.press("s").await;
        window.see("[role=treeitem]:not([aria-expanded])").await.click().await.unwrap();
        window.see("main .list [data-post]").await;
        take("sources").await;
        window.close().await;
    }
}

#[tokio::test]
#[ignore = "`make pictures` takes them"]
async fn the_pictures_of_the_readme() {
    album(ENGLISH).await;
    album(Setting { dark: true, ..ENGLISH }).await;
}
