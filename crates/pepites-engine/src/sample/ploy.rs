//! Takes a post that only a trial has, gives its words.
//! Never decides who says it or when.

use super::{
    World,
    compose::{self, Block, Form, Text, body},
    pen::Pen,
    roster::Site,
    trial::{HEAPED, Ploy},
    words::Language,
};

/// Links of a long post that is full of them, and of a heap.
const LADEN_LINKS: u64 = 8;
const HEAP_LINKS: u64 = 24;

/// The words of a post of a trial.
pub(crate) fn compose(world: &World, site: &Site, mut pen: Pen, ploy: &Ploy) -> Text {
    let title = Some(headline(world, &mut pen, ploy));
    let (blocks, tags) = match ploy {
        Ploy::Hollow(topic, _) => {
            let more = match site.language {
                Language::Fr => "La suite est sur notre site.",
                Language::En => "Read the rest on our site.",
            };
            let blocks = vec![Block::Paragraph(pen.one(topic.openings)), Block::Paragraph(more.to_owned())];
            (blocks, topic.tags)
        }
        Ploy::Laden(topic, turn) => {
            let mut blocks = body(&mut pen, topic, Form::Long);
            blocks.extend(links(&mut pen, topic.points, LADEN_LINKS, *turn));
            (blocks, topic.tags)
        }
        Ploy::Heap(turn) => {
            let mut blocks = vec![Block::Paragraph(pen.one(HEAPED.openings))];
            blocks.extend(links(&mut pen, HEAPED.titles, HEAP_LINKS, *turn));
            (blocks, HEAPED.tags)
        }
        Ploy::Echo(to, _) => {
            // What a relay has of it: all of it, as planets do.
            return Text { title, ..compose::compose(world, to) };
        }
    };
    Text { title, blocks, tags: pen.chance.some(tags, 2) }
}

/// Its title.
pub(crate) fn headline(world: &World, pen: &mut Pen, ploy: &Ploy) -> String {
    match ploy {
        // Not the titles of nuggets: a decoy is another story, and must not be grouped with one.
        Ploy::Hollow(topic, turn) | Ploy::Laden(topic, turn) => pen.title(topic.titles, *turn, 0),
        Ploy::Heap(turn) => pen.title(HEAPED.titles, *turn, 0),
        Ploy::Echo(to, _) => compose::headline(world, to),
    }
}

/// Sentences that each link to a page of their own, outside of the world.
fn links(pen: &mut Pen, sentences: &'static [&'static str], count: u64, turn: u64) -> Vec<Block> {
    let away = |number: u64| {
        let sentence = pen.one(sentences);
        Block::Away(sentence, format!("https://elsewhere.example/{turn}/{number}"))
    };
    (0..count).map(away).collect()
}
