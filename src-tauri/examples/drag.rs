//! Gives a small window whose face can be dragged away as a file: with it a journey drops one on the real window.

use std::process::ExitCode;

/// Takes the address of the file (`file:///…`); ends when the drag has ended.
#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    use gtk::{gdk, prelude::*};

    /// In the far corner of the journeys' display: the real window lies in the other one.
    const PLACE: (i32, i32) = (1_700, 1_100);
    const SIZE: i32 = 200;

    let (Some(file), Ok(())) = (std::env::args().nth(1), gtk::init()) else { return ExitCode::FAILURE };
    let face = gtk::EventBox::new();
    let kinds = [gtk::TargetEntry::new("text/uri-list", gtk::TargetFlags::OTHER_APP, 0)];
    face.drag_source_set(gdk::ModifierType::BUTTON1_MASK, &kinds, gdk::DragAction::COPY);
    face.connect_drag_data_get(move |_, _, data, _, _| {
        let _kept = data.set_uris(&[&file]);
    });
    face.connect_drag_end(|_, _| gtk::main_quit());
    let window = gtk::Window::new(gtk::WindowType::Toplevel);
    window.set_title("A file to drag");
    window.set_default_size(SIZE, SIZE);
    window.move_(PLACE.0, PLACE.1);
    window.add(&face);
    window.show_all();
    gtk::main();
    ExitCode::SUCCESS
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    ExitCode::FAILURE
}
