//! Gives the names, in classes and ids, by which pages call what is not their article.
//! Never a word of one site alone: each was seen on several, or is the usual name.

use dom_query::NodeRef;

/// Parts of class names and ids that name what surrounds an article.
#[rustfmt::skip]
const FRAME: &[&str] = &[
    "addtoany", "ads", "adslot", "advert", "advertisement", "advertising", "authorbio", "breadcrumb", "breadcrumbs",
    "byline", "comments", "commentlist", "consent", "cookie", "cookies", "dateline", "disqus", "donate", "gdpr", "jetpack-likes",
    "jp-relatedposts", "mailchimp", "mostread", "newsletter", "optin", "outbrain", "pagination", "paywall", "popular",
    "popup", "postmeta", "promo", "recirc", "recirculation", "recommended", "recommendations", "related", "relatedposts",
    "respond", "share", "sharebar", "sharedaddy", "sharing", "signup", "social", "sponsor", "sponsored", "subscribe",
    "subscription", "taboola", "timestamp", "toolbar", "trending",
];

/// Two parts that mean it together.
const FRAME_PAIRS: &[(&str, &str)] = &[
    ("about", "author"),
    ("author", "bio"),
    ("author", "box"),
    ("author", "info"),
    ("author", "card"),
    ("entry", "meta"),
    ("post", "meta"),
    ("article", "meta"),
    ("read", "next"),
    ("up", "next"),
    ("most", "read"),
    ("most", "popular"),
    ("more", "stories"),
    ("post", "tags"),
    ("entry", "tags"),
    ("tag", "list"),
    ("read", "more"),
    ("see", "also"),
    ("post", "navigation"),
    ("post", "nav"),
    ("app", "banner"),
];

/// Parts of names of what says who made a picture and what it shows.
const CAPTION: &[&str] = &["caption", "credit", "credits", "imagecredit", "photocredit", "copyright"];

fn parts(node: &NodeRef<'_>) -> Vec<String> {
    let names = [node.class(), node.id_attr()].into_iter().flatten();
    let mut parts = Vec::new();
    for name in names {
        let mut part = String::new();
        let mut lower = false;
        for letter in name.chars() {
            // "relatedPosts" are two words, "UPDATE" is one.
            if !letter.is_alphanumeric() || (lower && letter.is_uppercase()) {
                parts.push(std::mem::take(&mut part));
            }
            lower = letter.is_lowercase();
            if letter.is_alphanumeric() {
                part.extend(letter.to_lowercase());
            }
        }
        parts.push(part);
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Its class or id names something that surrounds an article.
pub(super) fn names_frame(node: &NodeRef<'_>) -> bool {
    let parts = parts(node);
    let pairs = parts.windows(2).any(|pair| {
        matches!(pair, [one, other] if FRAME_PAIRS.iter().any(|(first, second)| one == first && other == second))
    });
    pairs || parts.iter().any(|part| FRAME.contains(&part.as_str()))
}

/// Its class or id names what readers wrote below.
pub(super) fn names_comments(node: &NodeRef<'_>) -> bool {
    const TALK: [&str; 4] = ["comments", "commentlist", "disqus", "respond"];
    parts(node).iter().any(|part| TALK.contains(&part.as_str()))
}

/// Its class names a caption.
pub(super) fn names_caption(node: &NodeRef<'_>) -> bool {
    parts(node).iter().any(|part| CAPTION.contains(&part.as_str()))
}

/// Its class or id names pictures.
pub(super) fn names_pictures(node: &NodeRef<'_>) -> bool {
    const PICTURES: [&str; 7] = ["gallery", "slideshow", "carousel", "photo", "photos", "image", "media"];
    parts(node).iter().any(|part| PICTURES.contains(&part.as_str()))
}
