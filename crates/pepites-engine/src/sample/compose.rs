//! Takes a draft, gives its words: a title, and a body in blocks.
//! Never knows an address: what it points to is another draft.

use super::{
    World, calendar,
    chance::{Chance, at, walk},
    pen::{Pen, capital},
    roster::{Role, Site, Telling},
    schedule::{Draft, Event, Matter, product},
    trial::Ploy,
    words::{
        EVENTS, EventWords, Figures, Language, POINTERS_EN, POINTERS_FR, PRODUCTS, Product, TAILS_EN, TAILS_FR, Topic,
    },
};

/// The words of a post.
#[derive(Debug, Default)]
pub(crate) struct Text {
    /// None for microblogs.
    pub title: Option<String>,
    /// The body; the first block is always a paragraph.
    pub blocks: Vec<Block>,
    /// Tags.
    pub tags: Vec<&'static str>,
}

/// A piece of a body. Its text is plain, but for `*emphasis*` and `` `code` ``.
#[derive(Debug)]
pub(crate) enum Block {
    /// A paragraph.
    Paragraph(String),
    /// A heading.
    Heading(String),
    /// A list.
    List(Vec<String>),
    /// A quotation.
    Quote(String),
    /// Code, as it is.
    Code(&'static str),
    /// A head and rows.
    Table(Vec<String>, Vec<Vec<String>>),
    /// A picture by its number, and what it shows.
    Picture(u64, String),
    /// A sentence, and the post that it links to.
    Link(String, Box<Draft>),
    /// A sentence, and an address outside of the world that it links to.
    Away(String, String),
}

/// How long a post is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// An opening, and a paragraph at most.
    Note,
    /// Two or three paragraphs.
    Short,
    /// A page.
    Medium,
    /// Ten paragraphs with headings.
    Long,
}

/// The words of a draft.
pub(crate) fn compose(world: &World, draft: &Draft) -> Text {
    let Some(site) = world.site(draft.site) else { return Text::default() };
    let mut pen = pen(world, site, draft);
    match &draft.matter {
        Matter::Own { topic, deep, .. } => {
            let title = title(world, &mut pen, site, draft);
            let form = form(&mut pen, site.role, *deep);
            let blocks = body(&mut pen, topic, form);
            let tags = pen.chance.some(topic.tags, 2);
            Text { title: Some(title), blocks, tags }
        }
        Matter::Release { event, telling } => release(world, site, draft, pen, *event, *telling),
        Matter::Note { deep } => {
            let topic = site.topic;
            let mut blocks = vec![Block::Paragraph(note(&mut pen, site, draft))];
            if *deep {
                blocks = vec![Block::Paragraph(pen.one(topic.openings)), Block::Paragraph(pen.one(topic.paragraphs))];
            }
            let tags = if pen.chance.often(450) { pen.chance.some(topic.tags, 1) } else { Vec::new() };
            if pen.chance.often(90) {
                blocks.push(picture(&mut pen, topic));
            }
            Text { title: None, blocks, tags }
        }
        Matter::Ploy(ploy) => super::ploy::compose(world, site, pen, ploy),
        Matter::Pointer { to } => {
            let phrases = match site.language {
                Language::Fr => POINTERS_FR,
                Language::En => POINTERS_EN,
            };
            if let Some(target) = world.site(to.site) {
                pen.bind("qui", target.title);
                pen.bind("titre", headline(world, to));
            }
            let sentence = pen.one(phrases);
            Text { title: None, blocks: vec![Block::Link(sentence, to.clone())], tags: Vec::new() }
        }
    }
}

/// The title alone: what addresses are made of. Empty for microblogs.
pub(crate) fn headline(world: &World, draft: &Draft) -> String {
    let Some(site) = world.site(draft.site) else { return String::new() };
    let mut pen = pen(world, site, draft);
    match &draft.matter {
        Matter::Own { .. } => title(world, &mut pen, site, draft),
        Matter::Release { event, telling } => {
            event_title(world, &mut pen, site.language, *event, *telling).unwrap_or_default()
        }
        Matter::Ploy(ploy) => super::ploy::headline(world, &mut pen, ploy),
        Matter::Note { .. } | Matter::Pointer { .. } => String::new(),
    }
}

/// The site-independent choices of an event: which product, which kind of news, which version.
fn about(world: &World, event: Event) -> (Product, String, &'static EventWords, Chance) {
    let (index, round) = product(world.seed, event);
    let mut chance = Chance::of(world.seed, &[8, event.day, event.rank]);
    // Most of what is relayed is "version X of product Y is out": the first kind, six times in ten.
    let kind = if chance.often(600) { 0 } else { 1 + chance.below(EVENTS.len().saturating_sub(1)) };
    let version = Product::version(index, round);
    (at(PRODUCTS, index), version, EVENTS.get(kind).unwrap_or(&EventWords::NONE), chance)
}

fn pen(world: &World, site: &Site, draft: &Draft) -> Pen {
    let place = [1, i64::try_from(site.index).unwrap_or(0), draft.day, draft.slot];
    let slots = match &draft.matter {
        Matter::Own { topic, .. } | Matter::Ploy(Ploy::Hollow(topic, _) | Ploy::Laden(topic, _)) => topic.slots,
        _ => site.topic.slots,
    };
    let mut pen = Pen::new(site.language, slots, Chance::of(world.seed, &place));
    let (_, month, _) = calendar::ymd(draft.at);
    let months = match site.language {
        Language::Fr => MONTHS_FR,
        Language::En => MONTHS_EN,
    };
    let slot = if site.language == Language::Fr { "mois" } else { "month" };
    pen.bind(slot, at(months, usize::try_from(month - 1).unwrap_or(0)));
    pen
}

/// A short note: one of the topic's, or a remark that would fit in a post, in turn, and often a word more.
fn note(pen: &mut Pen, site: &Site, draft: &Draft) -> String {
    let pool: Vec<&'static str> = [site.topic.notes, site.topic.paragraphs, site.topic.quotes].concat();
    let turn = (draft.day * 3 + draft.slot % super::schedule::COPY).cast_unsigned();
    let size = u64::try_from(pool.len()).unwrap_or(1);
    let shift = u64::try_from(site.rank * 7 + site.index).unwrap_or(0);
    let template = at(&pool, usize::try_from(walk(turn, size, shift)).unwrap_or(0));
    let said = pen.say(template);
    if template.contains('{') && pen.chance.often(500) {
        return said;
    }
    let tails = match site.language {
        Language::Fr => TAILS_FR,
        Language::En => TAILS_EN,
    };
    format!("{said} {}", pen.one(tails))
}

fn title(world: &World, pen: &mut Pen, site: &Site, draft: &Draft) -> String {
    let Matter::Own { topic, turn, deep } = draft.matter else { return String::new() };
    let rare = deep || site.role == Role::Rare;
    let title = pen.title(if rare { topic.deep } else { topic.titles }, turn, world.seed % 97);
    // A multiplied volume says more than there are titles: its further copies are numbered like a series.
    match draft.slot / super::schedule::COPY {
        0 => title,
        copy => format!("{title} ({})", copy + 1),
    }
}

fn form(pen: &mut Pen, role: Role, deep: bool) -> Form {
    let dice = pen.chance.below(100);
    match role {
        _ if deep => Form::Long,
        Role::News | Role::Forum | Role::Relay(_) | Role::Person if dice < 45 => Form::Note,
        Role::News | Role::Forum | Role::Relay(_) | Role::Person => Form::Short,
        Role::Rare => Form::Medium,
        Role::Blog => match dice {
            0..25 => Form::Note,
            25..60 => Form::Short,
            60..92 => Form::Medium,
            _ => Form::Long,
        },
    }
}

/// The blocks of a post about a topic.
pub(crate) fn body(pen: &mut Pen, topic: &Topic, form: Form) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(pen.one(topic.openings))];
    let count = match form {
        Form::Note => pen.chance.below(2),
        Form::Short => 2 + pen.chance.below(2),
        Form::Medium => 4 + pen.chance.below(2),
        Form::Long => 10,
    };
    let mut heads = pen.several(topic.heads, 4).into_iter();
    let mut furniture = furniture(pen, topic, form).into_iter();
    for (rank, paragraph) in pen.several(topic.paragraphs, count).into_iter().enumerate() {
        let headed = match form {
            Form::Long => rank % 3 == 1,
            Form::Medium => rank == 2,
            Form::Note | Form::Short => false,
        };
        if headed {
            blocks.extend(heads.next().map(Block::Heading));
        }
        blocks.push(Block::Paragraph(paragraph));
        if rank % 2 == 1 || form == Form::Short {
            blocks.extend(furniture.next());
        }
    }
    if form != Form::Note {
        blocks.push(Block::Paragraph(pen.one(topic.closings)));
    }
    blocks
}

/// What stands between paragraphs: lists, quotations, figures, code, pictures.
fn furniture(pen: &mut Pen, topic: &Topic, form: Form) -> Vec<Block> {
    let mut pieces = Vec::new();
    let (list, quote, seen) = match form {
        Form::Note => (0, 0, 0),
        Form::Short => (100, 120, 200),
        Form::Medium => (450, 350, 500),
        Form::Long => (1000, 800, 1000),
    };
    if pen.chance.often(seen) && !topic.pictures.is_empty() {
        pieces.push(picture(pen, topic));
    }
    if pen.chance.often(list) && !topic.points.is_empty() {
        let count = 3 + pen.chance.below(3);
        pieces.push(Block::List(pen.several(topic.points, count)));
    }
    if form == Form::Long || (form == Form::Medium && pen.chance.often(250)) {
        pieces.extend(topic.figures.as_ref().map(|figures| table(pen, figures)));
        pieces.extend(topic.code.map(Block::Code));
    }
    if pen.chance.often(quote) && !topic.quotes.is_empty() {
        pieces.push(Block::Quote(pen.one(topic.quotes)));
    }
    pieces
}

fn picture(pen: &mut Pen, topic: &Topic) -> Block {
    let shown = pen.one(topic.pictures);
    Block::Picture(pen.chance.next(), shown)
}

fn table(pen: &mut Pen, figures: &Figures) -> Block {
    let head = figures.head.iter().map(|cell| pen.say(cell)).collect();
    let rows = figures.rows.iter().map(|row| {
        let mut cell = |(low, high, unit): (i64, i64, &str)| format!("{}\u{a0}{unit}", pen.chance.between(low, high));
        vec![(*row).to_owned(), cell(figures.second), cell(figures.third)]
    });
    Block::Table(head, rows.collect())
}

fn event_title(
    world: &World,
    pen: &mut Pen,
    language: Language,
    event: Event,
    telling: Option<Telling>,
) -> Option<String> {
    let (product, version, words, mut chance) = about(world, event);
    let words = words.of(language);
    pen.bind("p", product.name);
    pen.bind("v", version);
    pen.bind("quoi", product.what(language));
    let first = chance.pick(words.titles);
    let first = pen.say(first);
    Some(match telling {
        None | Some(Telling::SameLink | Telling::SameTitle) => first,
        Some(Telling::Altered) => {
            pen.bind("titre", first);
            capital(&pen.one(words.altered))
        }
        Some(Telling::Reworded) => pen.one(words.reworded),
    })
}

fn release(world: &World, site: &Site, draft: &Draft, mut pen: Pen, event: Event, telling: Option<Telling>) -> Text {
    let title = event_title(world, &mut pen, site.language, event, telling);
    let (_, _, words, _) = about(world, event);
    let words = words.of(site.language);
    let mut blocks = vec![Block::Paragraph(pen.one(words.leads))];
    match telling {
        None => {
            let count = 2 + pen.chance.below(2);
            blocks.extend(pen.several(words.details, count).into_iter().map(Block::Paragraph));
        }
        Some(Telling::SameLink) => {}
        Some(_) => {
            let count = pen.chance.below(3);
            blocks.extend(pen.several(words.details, count).into_iter().map(Block::Paragraph));
            let original = world.original(site.language, event);
            let sentence = pen.one(words.sources);
            blocks.extend(
                original.filter(|first| first.at < draft.at).map(|first| Block::Link(sentence, Box::new(first))),
            );
        }
    }
    Text { title, blocks, tags: words.tags.to_vec() }
}

const MONTHS_FR: &[&str] = &[
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
