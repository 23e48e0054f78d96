//! Tells toolkit and web view, before there is a window, what they take from the environment. What the reader has set stays.

use std::sync::OnceLock;

use webkit2gtk::glib;

use crate::drawing;

/// What they would ask of a graphics card, whether there is one or not: which ways it has to draw, to hand over what it drew,
/// and by which file it is reached. Whichever asks first loads a compiler of shaders for it.
const UNASKED: [(&str, &str); 3] =
    [("GDK_GL", "disable"), ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"), ("WEBKIT_WEB_RENDER_DEVICE_FILE", "/dev/null")];

/// How much of a processor the web view may take to look through the whole memory of the page for garbage while the page
/// rests, for each megabyte that came since: 32 times its own measure, with which a window that is read in holds what is long gone
/// for hundreds of stories. See DESIGN.md, "What does a window hold that is read in for hours?".
const COLLECTED: (&str, &str) = ("JSC_percentCPUPerMBForFullTimer", "0.01");

/// Those of them that the reader had not set, once they are.
static TOLD: OnceLock<Vec<&str>> = OnceLock::new();

/// Before there is a window or a second thread.
pub(crate) fn tell() {
    let unasked = if drawing::draws_by_card() { &[][..] } else { &UNASKED };
    let all = unasked.iter().chain([&COLLECTED]);
    let unset: Vec<_> = all.filter(|(name, _)| std::env::var_os(name).is_none()).collect();
    for (name, value) in &unset {
        // Where it cannot be set, the window opens a little later, or holds a little more.
        let _unset = glib::setenv(name, value, false);
    }
    let _once = TOLD.set(unset.into_iter().map(|(name, _)| *name).collect());
}

/// What was said here to this program's own toolkit: nothing that it starts is to hear it.
pub(crate) fn told() -> &'static [&'static str] {
    TOLD.get().map_or(&[], Vec::as_slice)
}
