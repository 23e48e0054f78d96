//! Gives the words by which pages say what is not their article: labels, buttons, requests, credits, dates.
//! Never a word of one site alone: each was seen on several, or is the usual one.

/// With these words begins what leads elsewhere.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "also", "also read", "also see", "also watch", "click here", "don't miss", "dont miss", "don’t miss",
    "editors' picks", "for more", "find out more", "keep reading", "learn more", "more", "more from", "more on",
    "more stories", "most read", "must read", "next", "popular", "previous", "read also", "read more", "read next",
    "recommended", "related", "related articles", "related posts", "related stories", "related story", "see also",
    "see more", "suggested", "top stories", "trending", "up next", "watch", "what to read next", "you may also like",
    "you might also like", "you might like", "à lire", "à lire aussi", "a lire aussi", "à voir", "à voir aussi",
    "en savoir plus", "lire", "lire aussi", "lire également", "lire la suite", "pour aller plus loin",
    "sur le même sujet", "sur le même thème", "voir aussi", "lesen sie auch", "mehr zum thema", "auch interessant",
    "lea también", "leer también", "te puede interesar", "leia também", "leia mais", "veja também", "leggi anche",
    "baca juga", "lees ook", "läs också",
];

/// It begins with the words of a label, which end there or at a colon.
pub(super) fn is_label(text: &str) -> bool {
    let text = text.to_lowercase();
    let text = text.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let bare = text.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    LABELS.contains(&bare)
        || text.split_once([':', '|', '»', '>', '–', '→']).is_some_and(|(label, _)| LABELS.contains(&label.trim()))
}

/// Blocks that say only this are buttons and marks.
#[rustfmt::skip]
const CONTROLS: &[&str] = &[
    "ad", "advert", "advertisement", "advertising", "article continues below", "caption", "close", "comment",
    "comments", "continue reading", "continue reading below", "copy link", "copied", "credit", "download", "email",
    "e-mail", "expand", "facebook", "image", "image caption", "image copyright", "instagram", "leave a comment",
    "like", "linkedin", "listen", "load more", "loading", "next", "pinterest", "play", "print", "reddit", "reply",
    "save", "scroll to continue", "share", "share on facebook", "share on twitter", "share this",
    "share this article", "sharing is caring", "show more", "skip ad", "skip to content", "sponsored",
    "story continues below", "story continues below advertisement", "subscribe", "tweet", "twitter", "view comments",
    "watch", "whatsapp", "fermer", "imprimer", "partager", "publicité", "commenter", "la suite après la publicité",
    "la suite après cette publicité", "anzeige", "werbung", "teilen", "publicidad", "compartir",
];

/// It is a button or a mark of the page.
pub(super) fn is_control(text: &str) -> bool {
    let text = text.to_lowercase();
    let bare = text.trim_matches(|letter: char| !letter.is_alphanumeric());
    CONTROLS.contains(&bare) || is_counter(bare)
}

/// "Image 1 of 23".
fn is_counter(text: &str) -> bool {
    let mut words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let named = words.next().is_some_and(|word| ["image", "photo", "slide", "picture"].contains(&word));
    let rest: Vec<&str> = words.collect();
    let fits = |word: &&str| ["of", "sur", "de"].contains(word) || word.bytes().all(|byte| byte.is_ascii_digit());
    named && !rest.is_empty() && rest.len() <= 3 && rest.iter().all(fits)
}

/// What asks the reader for something, wherever it stands.
#[rustfmt::skip]
const ASKS: &[&str] = &[
    "sign up for our", "sign up to our", "sign up here", "subscribe to our", "subscribe to the", "subscribe now",
    "newsletter", "follow us on", "follow me on", "like us on facebook", "join our", "get the app",
    "download the app", "download our app", "our app", "slideshow requires javascript", "enable javascript",
    "javascript is disabled", "your browser does not support", "all rights reserved", "affiliate links",
    "affiliate commission", "referral links", "inbox", "click here for more information", "is subject to copyright",
    "cookie policy", "we use cookies", "privacy policy", "terms of service", "terms of use", "inscrivez-vous à",
    "abonnez-vous", "suivez-nous", "recevez notre", "tous droits réservés", "rejoignez-nous", "nos newsletters",
    "alle rechte vorbehalten", "todos los derechos reservados", "todos os direitos reservados", "news tip",
    "letters to the editor",
];

/// A short block that asks for something.
pub(super) fn asks(text: &str) -> bool {
    let text = text.to_lowercase();
    let follow =
        text.starts_with("follow ") && ["twitter", "facebook", "instagram"].iter().any(|site| text.contains(site));
    follow || text.starts_with('©') || text.starts_with("copyright ") || ASKS.iter().any(|words| text.contains(words))
}

/// What is said at the place where the rest costs something.
#[rustfmt::skip]
const PAY: &[&str] = &[
    "subscribe to continue", "subscribe to read", "to continue reading", "to read the full", "to read this article",
    "already a subscriber", "subscribers only", "for subscribers", "become a member to", "sign in to read",
    "log in to continue", "create an account to read", "this article is reserved for", "réservé aux abonnés",
    "réservée aux abonnés", "la suite est réservée", "de cet article à lire", "pour lire la suite", "déjà abonné",
    "abonnez-vous pour lire", "nur für abonnenten", "solo para suscriptores",
];

/// The rest costs something.
pub(super) fn asks_to_pay(text: &str) -> bool {
    let text = text.to_lowercase();
    PAY.iter().any(|words| text.contains(words))
}

/// Headings after which nothing of the article follows.
#[rustfmt::skip]
const ENDS: &[&str] = &[
    "about the author", "about the authors", "about the writer", "author", "comments", "discussion", "share this",
    "share", "tags", "topics", "filed under", "join the conversation", "leave a reply", "leave a comment",
    "what to read next", "sponsored content", "from the web", "around the web", "à propos de l'auteur",
    "à propos de l’auteur", "l'auteur", "commentaires", "partager", "mots-clés", "über den autor", "kommentare",
    "comentarios", "tell us what you think", "let us know", "newsletter", "most popular", "holiday gift guides",
];

/// What follows is not the article's.
pub(super) fn ends(text: &str) -> bool {
    let lower = text.to_lowercase();
    let bare = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
    ENDS.contains(&bare)
        || is_label(bare)
        || ["top stories ", "more from ", "most read ", "related ", "more on "]
            .iter()
            .any(|start| bare.starts_with(start) && bare.split(' ').count() <= 5)
}

/// Who made a picture.
pub(super) fn credits(text: &str) -> bool {
    let text = text.to_lowercase();
    let text = text.trim_start_matches(['(', '[', ' ']);
    #[rustfmt::skip]
    const STARTS: &[&str] = &[
        "photo:", "photos:", "photo by", "photo credit", "photograph:", "image:", "images:", "image credit",
        "image copyright", "image source", "image caption", "picture:", "credit:", "credits:", "crédit", "crédits", "© ",
        "foto:", "illustration:", "illustration by", "source:", "via:",
    ];
    const AGENCIES: &[&str] = &["getty images", "shutterstock", "ap photo", "(afp", "/afp", "/reuters", "istock"];
    STARTS.iter().any(|start| text.starts_with(start)) || AGENCIES.iter().any(|agency| text.contains(agency))
}

/// Who wrote it and when, above it.
pub(super) fn dates(text: &str) -> bool {
    let lower = text.to_lowercase();
    #[rustfmt::skip]
    const STARTS: &[&str] = &[
        "by ", "updated", "published", "posted", "last updated", "last modified", "first published", "written by", "par ",
        "publié", "mis à jour", "modifié", "écrit par", "von ", "aktualisiert", "veröffentlicht", "por ", "publicado",
        "actualizado", "|", "reading time", "temps de lecture",
    ];
    let times = [" min read", " minute read", " a.m.", " p.m.", " gmt", " est", " edt", " pst", " cet", " ago"];
    STARTS.iter().any(|start| lower.starts_with(start))
        || times.iter().any(|time| lower.ends_with(time))
        || is_date(&lower)
}

/// "20 November 2019": nothing but a day.
fn is_date(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let year = |word: &&str| {
        word.len() == 4
            && (word.starts_with("20") || word.starts_with("19"))
            && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    words.len() <= 8
        && words.iter().any(year)
        && words.iter().filter(|word| word.bytes().any(|byte| byte.is_ascii_digit())).count() * 2 >= words.len()
}
