//! Holds what becomes of threads, of what is passed on, of warnings and of what is no longer there.

use super::*;

fn by(id: &str, at: i64) -> Note {
    let author = Author {
        key: "ada".to_owned(),
        name: "Ada".to_owned(),
        handle: "@ada@a.example".to_owned(),
        ..Author::default()
    };
    Note {
        id: format!("https://a.example/{id}"),
        link: format!("https://a.example/{id}"),
        author,
        at: Moment(at),
        html: format!("<p>{id}</p>"),
        ..Note::default()
    }
}

fn answering(id: &str, to: &str, at: i64) -> Note {
    Note { answers: Some(format!("https://a.example/{to}")), ..by(id, at) }
}

fn filled(notes: Vec<Note>) -> Batch {
    let mut batch = Batch::default();
    let newest = notes.len();
    fill(&mut batch, notes, newest);
    batch
}

/// Items as `id: html`, newest first.
fn check(notes: Vec<Note>, expected: &[&str]) {
    let shown: Vec<String> = filled(notes)
        .items
        .into_iter()
        .map(|item| {
            let id = item.id.unwrap_or_default();
            format!("{}: {}", id.trim_start_matches("https://a.example/"), item.html.unwrap_or_default())
        })
        .collect();
    assert_eq!(shown, expected);
}

#[test]
fn a_thread_by_one_person_is_one_post() {
    let thread = || vec![answering("c", "b", 30), answering("b", "a", 20), by("x", 15), by("a", 10)];
    check(thread(), &["x: <p>x</p>", "a: <p>a</p><hr><p>b</p><hr><p>c</p>"]);
    let batch = filled(thread());
    assert_eq!(batch.items[1].note.also, ["https://a.example/b", "https://a.example/c"]);
    assert_eq!((batch.items[1].published, batch.items[1].updated), (Some(Moment(10)), Some(Moment(30))));
    let other = Author { key: "bo".to_owned(), ..Author::default() };
    check(vec![Note { author: other, ..answering("b", "a", 20) }, by("a", 10)], &["b: <p>b</p>", "a: <p>a</p>"]);
}

#[test]
fn what_goes_on_later_is_a_post_of_its_own_and_what_was_seen_does_not_come_back() {
    let known = |note: Note| Note { known: true, ..note };
    check(vec![answering("b", "a", 20), known(by("a", 10))], &["b: <p>b</p>", "a: <p>a</p>"]);
    let batch = filled(vec![known(answering("b", "a", 20)), known(by("x", 15))]);
    assert_eq!(batch.items.len(), 1, "its beginning is older than the page");
    let whole = batch.whole.unwrap();
    assert_eq!((whole.since, whole.still.len()), (Moment(15), 2), "it is still there");
}

#[test]
fn a_picture_that_stands_for_a_film_says_so_and_leads_to_it() {
    let film = Media {
        url: "https://a.example/t.jpg".to_owned(),
        alt: Some("Waves".to_owned()),
        plays_at: Some("https://a.example/a".to_owned()),
        ..Media::default()
    };
    let html = filled(vec![Note { media: vec![film], ..by("a", 10) }]).items.remove(0).html.unwrap();
    let figure = "<figure><a href=\"https://a.example/a\"><img src=\"https://a.example/t.jpg\" alt=\"Waves\"></a>\
                  <figcaption><a href=\"https://a.example/a\">▶</a></figcaption></figure>";
    assert_eq!(html, format!("<p>a</p>{figure}"));
}

#[test]
fn a_list_is_told_what_is_not_folded_of_a_thread() {
    let unfolded = |notes: Vec<Note>| filled(notes).items.remove(0).note.unfolded;
    assert_eq!(unfolded(vec![answering("b", "a", 20), by("a", 10)]), None);
    let warned = Note { warning: Some("Hm".to_owned()), ..answering("b", "a", 20) };
    assert_eq!(unfolded(vec![warned, by("a", 10)]).as_deref(), Some("<p>a</p><hr><p>Hm</p>"));
    let media =
        vec![Media { url: "https://a.example/x.png".to_owned(), alt: Some("x".to_owned()), ..Media::default() }];
    let hidden = Note { sensitive: true, media, ..by("a", 10) };
    assert_eq!(unfolded(vec![hidden.clone()]).as_deref(), Some("<p>a</p>"));
    assert_eq!(unfolded(vec![Note { html: String::new(), ..hidden }]).as_deref(), Some("<p>⚠</p>"));
}

#[test]
fn nothing_was_taken_back_where_a_page_does_not_come_down_in_time() {
    for (page, since) in [
        (vec![by("c", 30), by("b", 20), by("a", 20)], Some(Moment(20))),
        (vec![by("c", 30), by("old", 1), by("a", 20)], None),
        (vec![by("a", 10), by("b", 20)], None),
        (Vec::new(), None),
    ] {
        assert_eq!(filled(page.clone()).whole.map(|whole| whole.since), since, "{page:?}");
    }
    // The other pages say nothing.
    let mut batch = Batch::default();
    fill(&mut batch, vec![by("c", 30), by("b", 20), by("x", 90)], 2);
    assert_eq!(batch.whole.map(|whole| whole.since), Some(Moment(20)));
}

#[test]
fn notes_that_answer_each_other_end() {
    check(vec![answering("b", "a", 20), answering("a", "b", 10)], &["b: <p>b</p>", "a: <p>a</p>"]);
}

#[test]
fn who_passes_on_their_own_words_says_them_once() {
    let again = Note { boosted_by: Some("Ada (@ada@a.example)".to_owned()), ..by("a", 90) };
    let batch = filled(vec![again, by("a", 10)]);
    assert_eq!((batch.items.len(), batch.items[0].note.boosted_by.as_deref()), (1, None));
}

fn poll() -> Vec<(String, Option<u64>)> {
    vec![("Yes".to_owned(), Some(3)), ("No".to_owned(), Some(1))]
}

#[test]
fn a_poll_says_how_it_went_once_it_is_over() {
    let open = filled(vec![Note { poll: poll(), ..by("a", 10) }]).items.remove(0).html;
    let later = vec![("Yes".to_owned(), Some(9)), ("No".to_owned(), None)];
    assert_eq!(open, filled(vec![Note { poll: later, ..by("a", 10) }]).items.remove(0).html, "no vote is an edit");
    assert_eq!(open.as_deref(), Some("<p>a</p><ul><li>Yes</li><li>No</li></ul>"));
    let over = filled(vec![Note { poll: poll(), poll_over: true, ..by("a", 10) }]).items.remove(0).html;
    assert_eq!(over.as_deref(), Some("<p>a</p><ul><li>Yes — 75 %</li><li>No — 25 %</li></ul>"));
}

#[test]
fn what_its_author_warns_of_is_folded_and_what_is_quoted_stands_below() {
    let note = Note {
        warning: Some("Spiders & co".to_owned()),
        media: vec![Media {
            url: "https://a.example/s.png".to_owned(),
            alt: Some("A \"spider\"".to_owned()),
            ..Media::default()
        }],
        poll: poll(),
        poll_over: true,
        quote: Some(Box::new(by("q", 1))),
        ..by("a", 10)
    };
    let item = filled(vec![note]).items.remove(0);
    let html = item.html.unwrap();
    assert!(html.starts_with("<details><summary>Spiders &amp; co</summary><p>a</p><figure><img"), "{html}");
    assert!(html.contains("alt=\"A &quot;spider&quot;\"") && html.contains("<li>Yes — 75 %</li>"), "{html}");
    assert!(html.ends_with("</details>"), "{html}");
    assert!(item.note.below.unwrap().contains("<blockquote>"));
    assert_eq!(item.note.unfolded.as_deref(), Some("<p>Spiders &amp; co</p>"), "a list shows the warning alone");
    assert_eq!(item.note.points_to, ["https://a.example/q"]);
}
