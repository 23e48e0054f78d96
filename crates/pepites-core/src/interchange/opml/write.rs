//! Takes sources, gives OPML 2.0 that any reader takes and that comes back as the same sources, names and folders.
//! Never writes a date or anything else that two exports of one library would differ in.

use std::fmt::Write;

use crate::{
    model::{FolderOrder, Source},
    text::secret::{masked, parted},
};

/// A list of sources as an OPML 2.0 file. Those of several folders stand in each; folders are in the reader's order, titles
/// sorted.
#[must_use]
pub fn write(sources: &[Source], order: &FolderOrder) -> String {
    let mut places: Vec<(&[String], &Source)> = sources.iter().flat_map(places_of).collect();
    places.sort_by(|(path, a), (other, b)| {
        let by_title = || a.shown().cmp(b.shown()).then_with(|| a.address.cmp(&b.address));
        order.compare(path, other).then_with(by_title)
    });
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>Pépites</title>\n  \
         </head>\n  <body>\n",
    );
    let mut open: &[String] = &[];
    for (path, source) in places {
        let shared = open.iter().zip(path).take_while(|(a, b)| a == b).count();
        close_folders(&mut out, open.len(), shared);
        for (depth, name) in path.iter().enumerate().skip(shared) {
            indent(&mut out, depth);
            let name = escaped(name);
            let _ = writeln!(out, "<outline text=\"{name}\" title=\"{name}\">");
        }
        open = path;
        write_source(&mut out, open.len(), source);
    }
    close_folders(&mut out, open.len(), 0);
    out.push_str("  </body>\n</opml>\n");
    out
}

fn places_of(source: &Source) -> Vec<(&[String], &Source)> {
    if source.folders.is_empty() {
        return vec![(&[], source)];
    }
    source.folders.iter().map(|folder| (folder.0.as_slice(), source)).collect()
}

fn write_source(out: &mut String, depth: usize, source: &Source) {
    indent(out, depth);
    let title = escaped(&masked(source.shown()));
    let locator = &source.address.locator;
    // A list that is given to a friend gives no password away.
    let address = escaped(&parted(locator).map_or_else(|| locator.clone(), |(address, ..)| address));
    let _ = write!(out, "<outline text=\"{title}\" title=\"{title}\" type=\"rss\" xmlUrl=\"{address}\"");
    if let Some(site) = &source.site {
        let site = parted(site).map_or_else(|| site.clone(), |(address, ..)| address);
        let _ = write!(out, " htmlUrl=\"{}\"", escaped(&site));
    }
    out.push_str("/>\n");
}

fn close_folders(out: &mut String, from: usize, to: usize) {
    for depth in (to..from).rev() {
        indent(out, depth);
        out.push_str("</outline>\n");
    }
}

/// Deeper than this, indentation would make the file grow with the square of its depth.
const DEEPEST_INDENT: usize = 20;

fn indent(out: &mut String, depth: usize) {
    for _ in 0..depth.min(DEEPEST_INDENT) + 2 {
        out.push_str("  ");
    }
}

/// As an attribute's value. Characters that XML 1.0 has no way to write are left out; line ends become blanks, as a
/// parser would make of them anyway.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
