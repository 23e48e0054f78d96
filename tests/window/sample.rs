//! The sample library: one click in, one click out, and nothing of it stays in the reader's own.

use crate::{
    screens,
    stage::{ENGLISH, NOW, Stage},
};

#[tokio::test]
async fn the_sample_is_entered_and_left_with_one_click_each_and_nothing_of_it_stays() {
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("(//section[.//h1[.='Pépites']]//button)[3]").await.click().await.unwrap();
    screens::whole(&window).await;
    let nuggets = window.run("return document.querySelectorAll('[data-post].nugget').length").await.unwrap();
    assert!(nuggets.as_u64().unwrap() > 0, "{nuggets}");
    window.find("//button[contains(., 'Leave')]").await.click().await.unwrap();
    // The three doors again, and no story.
    window.find("(//section[.//h1[.='Pépites']]//button)[3]").await;
    assert_eq!(window.run("return document.querySelectorAll('[data-post]').length").await.unwrap(), 0);
    window.close().await;
}
