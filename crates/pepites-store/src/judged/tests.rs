//! Holds that what the reader made of a post is given once, in order, and what was swept away is not.

use pepites_core::{
    model::StoryId,
    score::taste::Verdict::{PassedOver, Read, Skipped, Starred},
};

use crate::{
    How, Mark, NewDigest,
    digests::tests::{digest, entry},
    tests::{NOW, ago, everywhere, follow, item, read, titled},
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
        let judged = store.judged(NOW).unwrap();
        let verdicts: Vec<_> = judged.iter().map(|one| (one.title.as_str(), one.verdict)).collect();
        assert_eq!(verdicts, [("Shown", PassedOver), ("Skipped", Skipped), ("Starred", Starred), ("Opened", Read)]);
        assert_eq!((judged[0].source, judged[0].lead.as_str()), (source, "Shown"));
    });
}
