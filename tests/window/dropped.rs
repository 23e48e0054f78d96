//! A file is dragged from another program and dropped on the window, with the mouse, as from a file manager.

use std::{path::Path, time::Instant};

use crate::{
    host::Host,
    stage::{BLINK, ENGLISH, NOW, PATIENCE, Stage},
};

/// On the face of the other program's window, and in the middle of ours.
const THERE: (u32, u32) = (1_800, 1_200);
const HERE: (u32, u32) = (600, 400);

fn mouse(stage: &Stage, arguments: &[&str]) {
    assert!(stage.hand(arguments).is_some(), "{arguments:?}");
}

fn point(stage: &Stage, x: u32, y: u32) {
    mouse(stage, &["mousemove", &x.to_string(), &y.to_string()]);
}

#[tokio::test]
async fn a_file_that_is_dragged_from_another_program_and_dropped_is_imported() {
    let host = Host::papers();
    let stage = Stage::set(ENGLISH).await;
    let list = stage.file("papers.opml", &host.opml());
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("//h1[.='Pépites']").await;
    let program = Path::new(env!("CARGO_BIN_EXE_pepites-desktop")).with_file_name("examples/drag");
    let _dragged = stage.start(&program, &[&format!("file://{}", list.display())]);
    stage.dialog("A file to drag").await;

    point(&stage, THERE.0, THERE.1);
    mouse(&stage, &["mousedown", "1"]);
    let hovers = "return /Drop it here/.test(document.querySelector('.over')?.innerText ?? '')";
    let deadline = Instant::now() + PATIENCE;
    let mut moves = 0;
    while window.run(hovers).await.unwrap() != true {
        assert!(Instant::now() < deadline, "the window does not say that it would take the file");
        // A hand that hesitates: the drag begins with the first steps, and the window hears of it with the next.
        moves = (moves + 1) % 20;
        if moves < 5 {
            point(&stage, THERE.0 - 10 * moves, THERE.1);
        } else {
            point(&stage, HERE.0 + moves, HERE.1);
        }
        tokio::time::sleep(BLINK).await;
    }
    mouse(&stage, &["mouseup", "1"]);
    let report = window.see("dialog[open]").await.text().await.unwrap();
    assert!(report.contains("papers.opml") && report.contains("3 sources were added"), "{report}");
    let over = window.run("return document.querySelector('.over') !== null").await.unwrap();
    assert_eq!(over, false, "nothing hovers any more");
    window.close().await;
}
