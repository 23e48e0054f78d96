//! Holds that what the reader made of a post is given once, in order, and what was swept away is not.

use pepites_core::{
    model::{Moment, StoryId},
    score::taste::Verdict::{Finished, PassedOver, Read, Skipped, Starred},
};

use crate::{
    Act, How, Mark, NewDigest,
    digests::tests::{digest, entry},
    tests::{NOW, ago, everywhere, follow, group, item, read, story, titled},
};

#[test]
fn each_post_is_judged_once_by_what_says_most() {
    everywhere(|store| {
        let source = follow(store, "a");
        let titles = ["Starred", "Opened", "Skipped", "Swept", "Shown", "Unseen"];
        let items = titles.map(|title| item(title, title, &format!("<p>{title}</p>"), ago(3)));
        read(store, source, NOW, items.to_vec());
        let post = |title| titled(store, title);
        let mark = |title, mark, how, at| store.mark(&[post(title)], mark, true, how, at, 0).unwrap();
        mark("Starred", Mark::Read, How::Opened, ago(2));
        mark("Starred", Mark::Starred, How::ByHand, ago(1));
        mark("Opened", Mark::Read, How::Opened, NOW);
        mark("Skipped", Mark::Read, How::InBulk, NOW);
        mark("Skipped", Mark::Skipped, How::ByHand, ago(2));
        mark("Swept", Mark::Read, How::InBulk, NOW);
        let shown = |titles: [&'static str; 2]| titles.map(|title| entry(StoryId(1), post(title))).to_vec();
        let shown_then = |made, titles| NewDigest { made, ..digest("2026-11-20", shown(titles)) };
        store.keep_digest(&shown_then(ago(4), ["Shown", "Starred"]), None).unwrap();
        store.keep_digest(&shown_then(NOW, ["Unseen", "Shown"]), None).unwrap();
        let judged = store.judged(ago(1_000), NOW).unwrap();
        let verdicts: Vec<_> = judged.iter().map(|one| (one.title.as_str(), one.verdict)).collect();
        assert_eq!(verdicts, [("Shown", PassedOver), ("Skipped", Skipped), ("Starred", Starred), ("Opened", Read)]);
        assert_eq!((judged[0].source, judged[0].lead.as_str()), (source, "Shown"));
    });
}

#[test]
fn a_story_marked_in_any_telling_was_not_passed_over() {
    everywhere(|store| {
        let (a, b) = (follow(store, "a"), follow(store, "b"));
        let pages = ["read", "starred", "left"];
        let tell = |source, by: &str| {
            let items = pages.map(|page| item(page, &format!("{page} {by}"), &format!("<p>{page}</p>"), ago(3)));
            read(store, source, NOW, items.to_vec());
        };
        tell(a, "face");
        tell(b, "relay");
        group(store);
        let face = |page: &str| {
            let title = format!("{page} face");
            entry(story(store, &title), titled(store, &title))
        };
        let shown = NewDigest { made: ago(2), ..digest("2026-11-20", pages.map(face).to_vec()) };
        store.keep_digest(&shown, None).unwrap();
        let verdicts = || {
            let judged = store.judged(ago(1_000), NOW).unwrap().into_iter();
            judged.map(|one| (one.title, one.verdict)).collect::<Vec<_>>()
        };
        assert_eq!(verdicts().iter().map(|(_, verdict)| *verdict).collect::<Vec<_>>(), [PassedOver; 3]);
        let mark = |title, mark, how, at| store.mark(&[titled(store, title)], mark, true, how, at, 0).unwrap();
        mark("read relay", Mark::Read, How::Opened, ago(1));
        mark("starred relay", Mark::Starred, How::ByHand, NOW);
        let expected = [("left face", PassedOver), ("read relay", Read), ("starred relay", Starred)];
        assert_eq!(verdicts(), expected.map(|(title, verdict)| (title.to_owned(), verdict)));
    });
}

#[test]
fn what_was_let_go_with_many_others_and_shown_to_nobody_says_nothing() {
    everywhere(|store| {
        let source = follow(store, "a");
        let titles = ["Swept", "Swept and read", "Let go", "Finished", "Shared", "Prepared"];
        let items = titles.map(|title| item(title, title, &format!("<p>{title}</p>"), ago(3)));
        read(store, source, NOW, items.to_vec());
        let mark = |title, mark, how, at| store.mark(&[titled(store, title)], mark, true, how, at, 0).unwrap();
        mark("Swept", Mark::Skipped, How::InBulk, ago(2));
        mark("Swept and read", Mark::Skipped, How::InBulk, ago(2));
        mark("Swept and read", Mark::Read, How::Opened, ago(1));
        mark("Let go", Mark::Skipped, How::ByHand, ago(2));
        mark("Finished", Mark::Read, How::Opened, NOW);
        store.note_acts(&[titled(store, "Finished")], Act::Finished, NOW, 0).unwrap();
        store.note_acts(&[titled(store, "Shared")], Act::Shared, NOW, 0).unwrap();
        let unseen = vec![entry(StoryId(1), titled(store, "Prepared"))];
        let prepared = NewDigest { made: ago(4), opened: false, ..digest("2026-11-20", unseen) };
        let id = store.keep_digest(&prepared, None).unwrap();
        let verdicts = || {
            let judged = store.judged(ago(1_000), NOW.plus(2 * Moment::DAY)).unwrap().into_iter();
            judged.map(|one| (one.title, one.verdict)).collect::<Vec<_>>()
        };
        let known = [("Let go", Skipped), ("Swept and read", Read), ("Finished", Finished), ("Shared", Starred)];
        assert_eq!(verdicts(), known.map(|(title, verdict)| (title.to_owned(), verdict)));
        store.open_digest(id, NOW).unwrap();
        store.open_digest(id, NOW.plus(5 * Moment::DAY)).unwrap();
        assert_eq!(verdicts().last(), Some(&("Prepared".to_owned(), PassedOver)), "since it was seen first");
        store.erase_acts(NOW).unwrap();
        assert!(verdicts().iter().all(|(title, _)| title != "Shared"), "what was erased is not learned from");
    });
}

#[test]
fn a_star_is_not_forgotten_for_all_that_was_passed_over_since() {
    everywhere(|store| {
        let source = follow(store, "a");
        let titles: Vec<String> = (0..20).map(|n| format!("Post {n}")).collect();
        read(store, source, NOW, titles.iter().map(|t| item(t, t, &format!("<p>{t}</p>"), ago(30))).collect());
        store.mark(&[titled(store, "Post 0")], Mark::Starred, true, How::ByHand, ago(20), 0).unwrap();
        let shown = (1..20).map(|n| entry(StoryId(n), titled(store, &format!("Post {n}")))).collect();
        store.keep_digest(&NewDigest { made: ago(4), ..digest("2026-11-20", shown) }, None).unwrap();
        let judged = store.judged_at_most(5, ago(1_000), NOW).unwrap();
        assert_eq!(judged.len(), 6);
        assert_eq!(judged[0].verdict, Starred, "five of the others, and the star beside them");
    });
}
