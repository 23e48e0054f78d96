//! Gives the English words of the news site beside releases: the town, science, getting about, culture.

use super::{Language::En, Topic};

/// The sections of the site.
#[rustfmt::skip]
pub(crate) const SECTIONS: &[&Topic] = &[
    &TOWN,
    &SCIENCE,
    &TRAVEL,
    &CULTURE,
];

const BARE: Topic = Topic {
    language: En,
    tags: &[],
    folder: &["News"],
    blogs: &[],
    rare: &[],
    slots: &[],
    titles: &[],
    deep: &[],
    openings: &[],
    paragraphs: &[],
    closings: &[
        "We will follow this one.",
        "A full account is kept at the library.",
        "Comments can be sent until the end of {month}.",
    ],
    heads: &["What changes", "What people say"],
    points: &[],
    quotes: &["\"It is small, but it is ours\", said one resident."],
    pictures: &["The hills above the town", "The valley on a clear morning"],
    notes: &[],
    figures: None,
    code: None,
};

const TOWN: Topic = Topic {
    tags: &["town", "council", "local"],
    slots: &[
        (
            "thing",
            &[
                "the covered market",
                "the old swimming pool",
                "the fire station",
                "the bandstand",
                "the library",
                "the weekly market",
                "the clock tower",
                "the river path",
                "the tool library",
                "the youth club",
                "the town hall",
                "the bus shelter",
            ],
        ),
        (
            "fate",
            &[
                "reopens",
                "to be repaired",
                "gets a new roof",
                "saved by a vote",
                "moves indoors",
                "loses its scaffolding",
                "wins a design prize",
                "will close for a year",
            ],
        ),
        (
            "who",
            &[
                "residents",
                "shopkeepers",
                "pupils",
                "retired engineers",
                "the rowing club",
                "night nurses",
                "the brass band",
                "allotment holders",
            ],
        ),
    ],
    titles: &[
        "{Town}: {thing} {fate}",
        "{Thing} {fate} in {town}",
        "{Town} council votes on {thing}",
        "{Who} ask {town} for {thing}",
        "How {who} saved {thing} in {town}",
        "{Town} lends {thing} to {who} for a year",
        "{Who} in {town} offer to paint {thing}",
        "{Town} asks {who} to look after {thing}",
        "What {thing} costs {town}, according to {who}",
        "{Thing}: {who} and {town} reach an agreement",
        "{Town} opens its accounts to {who}",
    ],
    openings: &[
        "{Town} decided on Monday evening what should become of {thing}. The vote was close: {9..17} against {6..8}.",
        "It took {years}, two petitions and a jumble sale, but {who} in {town} have what they wanted.",
        "A letter from {who} set it off. {Town} has now put {thing} on the agenda.",
    ],
    paragraphs: &[
        "The cost is put at {40..900},000 pounds over {years}, a third of it from the county.",
        "Work starts in spring and should not close the street for more than {3..9} days.",
        "Opponents say that the money would do more good in the schools. They were heard, and politely outvoted.",
        "A model of the plan stands in the entrance of the library until the end of {month}.",
        "The mayor thanked {who} for their patience, and the treasurer for her arithmetic.",
        "Of the {300..900} people who answered the survey, most wanted benches. There will be benches.",
    ],
    ..BARE
};

const SCIENCE: Topic = Topic {
    tags: &["science", "research"],
    slots: &[
        (
            "field",
            &[
                "moss",
                "old ice",
                "bumblebee flight",
                "river mud",
                "birdsong",
                "tree growth",
                "sea grass",
                "lichen",
                "eel migration",
                "cloud cover",
                "garden soil",
                "peat",
            ],
        ),
        (
            "finding",
            &[
                "remembers drought",
                "changes with street lighting",
                "is older than thought",
                "recovers faster than expected",
                "depends on the wind",
                "keeps time",
                "differs from valley to valley",
                "can be heard",
            ],
        ),
        (
            "team",
            &[
                "a school class",
                "a small university team",
                "a pair of hobbyists",
                "a marine station",
                "a volunteer group",
                "a night-shift physicist",
                "a farm laboratory",
                "a museum",
            ],
        ),
    ],
    titles: &[
        "{Field}: {team} in {town} finds a pattern",
        "What {field} can tell us, according to {team}",
        "{Field} and the weather: {team} publishes {years} of data",
        "A cheap sensor for {field}, made by {team}",
        "{Team} maps {field} around {town}",
        "Study: {field} {finding}",
        "How {field} {finding}, by {team}",
        "{Team} asks for help counting {field} near {town}",
        "New doubts about {field}: {team} repeats the test",
        "An archive of {field} found in {town}",
        "{Field} {finding}, a long record shows",
    ],
    openings: &[
        "{Team} in {town} has spent {years} looking at {field}. The result fits in one graph, and the graph is surprising.",
        "Nobody had measured {field} for so long in one place. The figures are now open to all.",
        "The work began with a question from the audience at a public lecture in {town}.",
    ],
    paragraphs: &[
        "The sample is modest: {60..900} readings at {4..19} sites. The authors say so on the first page.",
        "The method costs under {20..90} pounds, and the instructions are printed with the paper.",
        "Others who were asked for an opinion called it careful, and wished there were more of it.",
        "It may have a use in planning, since the effect is strongest close to roads.",
        "A first attempt failed when a cow ate the instrument. The second had a fence.",
        "The next step is to repeat the count in winter, with {20..80} volunteers.",
    ],
    ..BARE
};

const TRAVEL: Topic = Topic {
    tags: &["transport", "rail", "roads"],
    slots: &[
        (
            "line",
            &[
                "the night train",
                "the branch line",
                "the harbour ferry",
                "the number 9 bus",
                "the night bus",
                "the water taxi",
                "the valley tram",
                "the school bus",
                "the coast bus",
                "the cable car",
            ],
        ),
        (
            "change",
            &[
                "is back",
                "runs on Sundays again",
                "gets a later service",
                "costs less",
                "gets its old seats back",
                "takes bicycles",
                "is late less often",
                "goes electric",
            ],
        ),
        (
            "between",
            &[
                "to the coast",
                "to the hospital",
                "over the ridge",
                "through the old town",
                "to the airfield",
                "along the canal",
                "up to the lake",
                "past the quarry",
            ],
        ),
    ],
    titles: &[
        "{Line} from {town} {change}",
        "{Line} {between} {change}",
        "{Town} gets its wish: {line} {change}",
        "One ticket for {line} {between}: trial in {town}",
        "Works on {line} {between}: what to expect",
        "Passengers of {line} in {town} count delays themselves",
        "{Line} {change} after {years}",
        "Who pays for {line} {between}?",
        "Signals fail, {line} {between} stands still",
        "{Line}: a timetable drawn in {town} by its users",
        "Fewer cars {between} since {line} {change}",
    ],
    openings: &[
        "From the first of next month {line} {change}. For {town} this ends a wait of {years}.",
        "It was meant to be a trial. {Line} {between} has carried {2..9},000 people in six weeks, and stays.",
        "The operator announced on Tuesday what regular passengers had already guessed.",
    ],
    paragraphs: &[
        "There will be a departure every {20..60} minutes until half past ten in the evening.",
        "Fares stay as they are until the summer. After that a single ticket will cover the whole valley.",
        "The old vehicles were rebuilt rather than replaced, which saved about {15..40} per cent.",
        "A passenger from {town} has kept a table of every delay since 2019. It turned out to be more exact than the official one.",
        "There will be room for {6..18} bicycles on board, without booking.",
        "The bridge still needs paint. That, says the operator, is next year's quarrel.",
    ],
    ..BARE
};

const CULTURE: Topic = Topic {
    tags: &["culture", "books", "film"],
    slots: &[
        (
            "work",
            &[
                "a silent film",
                "a lost radio play",
                "a village atlas",
                "a book of recipes",
                "an opera in one act",
                "a comic about lighthouses",
                "a dictionary of winds",
                "a puppet play",
                "a documentary on bakers",
                "a novel in letters",
            ],
        ),
        (
            "venue",
            &[
                "the Corn Exchange",
                "the Small Cinema",
                "an empty shop",
                "the chapel",
                "the school hall",
                "the bandstand",
                "the boat shed",
                "a railway carriage",
            ],
        ),
        (
            "act",
            &[
                "shown again",
                "found in an attic",
                "read aloud",
                "restored",
                "translated",
                "staged by amateurs",
                "printed by hand",
                "set to music",
            ],
        ),
    ],
    titles: &[
        "{Work}, {act} in {town}",
        "{Work} {act} at {venue}",
        "At {venue}: {work} for one night",
        "{Town} festival opens with {work} at {venue}",
        "Review: {work} at {venue}",
        "{Venue} in {town} is full for {work}",
        "How {work} was {act}, a story from {town}",
        "Why {town} needs {venue}",
        "Twelve hours at {venue} with {work}",
        "A prize for {work}, {act} last year",
        "{Venue} turns ten with {work}",
    ],
    openings: &[
        "There were {40..180} seats at {venue}, and people standing at the back. {Work} had not been seen for {years}.",
        "It is not often that {work} fills {venue}. On Saturday in {town} it did.",
        "Nobody knew where the copy had gone. It was in {town} all along.",
    ],
    paragraphs: &[
        "The evening was organised by {person}, who sold the tickets, tuned the piano and swept up.",
        "The second half is slower and better. One hears the room breathe.",
        "The programme is printed on the back of old maps, so that no two are alike.",
        "A second evening has been added, on the {11..27}th, with the same cast and more chairs.",
        "Children pay nothing. Adults pay what they think, after the show rather than before.",
        "It will not travel. That is part of the charm, and of the difficulty.",
    ],
    ..BARE
};
