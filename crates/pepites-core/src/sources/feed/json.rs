//! Takes the text of a JSON Feed 1.0 or 1.1, gives its batch.
//! Never asks for more than an object: a wrong type in one field loses that field.

use serde_json::{Deserializer, Map, Value};
use url::Url;

use super::{
    dates,
    entry::{LONGEST_BODY, LONGEST_LINE, MOST_AUTHORS, MOST_TAGS, declared_language, join, push_new, says},
    markup::MOST_ENTRIES,
    media::{as_picture, distinct, duration},
    plain::{capped, html_of_text, plain},
    read::{flaw, too_many, unreadable},
};
use crate::model::{Batch, Enclosure, Item, Note, Unreadable};

type Object = Map<String, Value>;

/// What the JSON Feed `text` says, and whether it is modest: no reader can be made to copy its authors without end.
///
/// # Errors
/// [`Unreadable`] when it is no JSON object, and holds no whole item either.
pub(super) fn read(text: &str, address: Option<Url>) -> Result<(Batch, bool), Unreadable> {
    let (feed, items, cut) = match serde_json::from_str::<Object>(text) {
        Ok(mut feed) => match feed.remove("items") {
            Some(Value::Array(items)) => (feed, items, false),
            _ => (feed, Vec::new(), false),
        },
        Err(_) => {
            let items = salvage(text);
            if items.is_empty() {
                return Err(unreadable("trouble.not_a_feed"));
            }
            (Object::new(), items, true)
        }
    };
    let site = line(&feed, "home_page_url").and_then(|href| join(address.as_ref(), &href));
    let base = site.clone().or(address);
    let mut batch = Batch {
        title: line(&feed, "title").map(|title| plain(&title)).filter(|title| !title.is_empty()),
        site: site.map(String::from),
        icon: ["favicon", "icon"].iter().find_map(|key| join(base.as_ref(), &line(&feed, key)?)).map(String::from),
        language: line(&feed, "language").and_then(declared_language),
        ..Batch::default()
    };
    let feed_authors = authors(&feed);
    for (rank, value) in items.iter().take(MOST_ENTRIES).enumerate() {
        match value.as_object().and_then(|object| item(object, base.as_ref(), &feed_authors)) {
            Some(item) => batch.items.push(item),
            None => batch.flaws.push(flaw("flaw.empty_item", Some(rank), "")),
        }
    }
    if items.len() > MOST_ENTRIES {
        batch.flaws.push(too_many(items.len() - MOST_ENTRIES));
    }
    if cut {
        batch.flaws.push(flaw("flaw.cut_off", None, ""));
    }
    // feed-rs gives each item its own copy of the feed's authors, and compares authors with each other.
    let few = |object: &Object| array(object, "authors").len() <= MOST_AUTHORS;
    let modest =
        !cut && items.len() <= MOST_ENTRIES && few(&feed) && items.iter().filter_map(Value::as_object).all(few);
    Ok((batch, modest))
}

/// The whole items of a text that is not whole JSON.
fn salvage(text: &str) -> Vec<Value> {
    let mut items = Vec::new();
    let after = text.split_once("\"items\"").and_then(|(_, rest)| rest.split_once('['));
    let mut rest = after.map_or("", |(_, rest)| rest);
    while rest.trim_start().starts_with('{') && items.len() <= MOST_ENTRIES {
        let mut values = Deserializer::from_str(rest).into_iter::<Value>();
        let Some(Ok(value)) = values.next() else { break };
        items.push(value);
        rest = rest.get(values.byte_offset()..).unwrap_or_default().trim_start().trim_start_matches(',');
    }
    items
}

fn item(object: &Object, base: Option<&Url>, feed_authors: &[String]) -> Option<Item> {
    let absolute = |key: &str| line(object, key).and_then(|href| join(base, &href)).map(String::from);
    let id = line(object, "id");
    let id_link = || id.as_deref().filter(|id| id.starts_with("http")).and_then(|id| join(base, id)).map(String::from);
    let text = string(object, "content_text").map(html_of_text);
    let html = string(object, "content_html").map(str::to_owned).or(text).map(|html| capped(html, LONGEST_BODY));
    let summary = string(object, "summary").map(html_of_text).map(|html| capped(html, LONGEST_BODY));
    let (html, summary) = if html.is_none() { (summary, None) } else { (html, summary) };
    let mut item_authors = authors(object);
    if item_authors.is_empty() {
        item_authors = feed_authors.to_vec();
    }
    let mut tags = Vec::new();
    for tag in array(object, "tags").iter().filter_map(Value::as_str) {
        push_new(&mut tags, plain(tag), MOST_TAGS);
    }
    // A linked-list post is about `external_url`, but `url` is its own page.
    let link = absolute("url").or_else(|| absolute("external_url")).or_else(id_link);
    let item = Item {
        base: link.clone().or_else(|| base.map(|base| base.as_str().to_owned())),
        title: line(object, "title").map(|title| html_of_text(&title)),
        html,
        summary,
        authors: item_authors,
        published: string(object, "date_published").and_then(dates::moment),
        updated: string(object, "date_modified").and_then(dates::moment),
        tags,
        enclosures: enclosures(object, base),
        language: line(object, "language").and_then(declared_language),
        link,
        id,
        note: Note::default(),
    };
    says(&item).then_some(item)
}

fn enclosures(object: &Object, base: Option<&Url>) -> Vec<Enclosure> {
    let file = |object: &Object, key: &str| {
        let url = join(base, string(object, key)?)?;
        let number = |key: &str| object.get(key).and_then(Value::as_f64).map(|number| number.to_string());
        Some(Enclosure {
            url: url.into(),
            media_type: line(object, "mime_type").filter(|kind| kind.contains('/')),
            bytes: object.get("size_in_bytes").and_then(Value::as_u64),
            seconds: number("duration_in_seconds").and_then(|text| duration(&text)),
        })
    };
    let attached =
        array(object, "attachments").iter().filter_map(Value::as_object).filter_map(|each| file(each, "url"));
    let pictures = ["image", "banner_image"].iter().filter_map(|key| file(object, key)).map(|mut picture| {
        picture.media_type = None;
        as_picture(picture)
    });
    distinct(attached.chain(pictures).collect())
}

/// `authors` of version 1.1 and `author` of version 1.0.
fn authors(object: &Object) -> Vec<String> {
    let mut names = Vec::new();
    for author in array(object, "authors").iter().chain(object.get("author")) {
        let name = author.as_str().or_else(|| author.get("name")?.as_str());
        if let Some(name) = name {
            push_new(&mut names, plain(name), MOST_AUTHORS);
        }
    }
    names
}

fn array<'a>(object: &'a Object, key: &str) -> &'a [Value] {
    object.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn string<'a>(object: &'a Object, key: &str) -> Option<&'a str> {
    object.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// A short text; a number is taken as its digits, as some ids are.
fn line(object: &Object, key: &str) -> Option<String> {
    let number = || object.get(key).and_then(Value::as_number).map(ToString::to_string);
    string(object, key).map(str::to_owned).or_else(number).map(|text| capped(text, LONGEST_LINE))
}
