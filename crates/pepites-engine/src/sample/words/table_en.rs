//! Gives English words about bicycles, bread and music.

use super::{Figures, Language::En, Topic};

/// Bicycles.
pub(crate) const BICYCLE: Topic = Topic {
    language: En,
    tags: &["cycling", "touring", "repair", "roads"],
    folder: &["Outdoors", "Cycling"],
    blogs: &["Mudguards Required", "The Slow Puncture", "Hill and Kettle"],
    rare: &["Wheel Ledger"],
    slots: &[
        ("road", &["the reservoir loop", "the old tram line", "Cemetery Hill", "the canal path", "the salt road", "the ridge", "the ferry lane", "the long way to {town}", "the forest crossing", "the coast road"]),
        ("bike", &["on a post office bicycle", "on a tandem", "in one gear", "with a trailer", "on a 1970s tourer", "with two children", "on a folding bike", "on borrowed wheels"]),
        ("weather", &["into the wind", "in drizzle", "before dawn", "in full sun", "slowly", "in gloves", "by night", "after the storm"]),
    ],
    titles: &["{Road} {bike}", "{Road}, {weather}", "{Road} {bike}, {weather}", "A hundred kilometres {weather} by {road}", "Riding to work {weather}, {bike}", "Why I like {road} {weather}", "A puncture {weather}, {bike}", "Tried: {road} {bike}", "To the sea from {town} by {road}", "{Month} on {road}, {weather}"],
    deep: &["{8000..15000} kilometres, one chain: a diary of wear, link by link", "I measured every overtake for {years}: {town} in figures", "Rebuilding a hub from {1948..1965} {weather}, without new parts", "{Road} in winter: notebooks of {years}"],
    openings: &["I left {town} at {5..8} {weather}, with [two sandwiches|a flask] and no wish to hurry.", "People had warned me off {road} {bike}. They were right, and I am going back on Sunday.", "{Person} was waiting at the foot of the hill, sitting on the crossbar. {Road} was not my idea."],
    paragraphs: &["The climb is {3..9} kilometres at {4..8} per cent. Nothing heroic, but long enough for the talk to stop by itself.", "They have laid new tarmac as far as the bridge. After that it is gravel, and one becomes humble again.", "Two punctures. The first was my own doing, a pinched tube. The second was a staple. Both patches held.", "At the café in {town} they keep cyclists' bottles in the fridge without being asked. One should stop at such places, and go back to them.", "The chain squeaks because I neglect it. A rag, three drops, and it keeps quiet for another {200..400} kilometres.", "The wind turned at noon. I had it in my face both ways, which defies geometry.", "The leather saddle took {600..1200} kilometres to come round. Nobody else can sit on it now.", "One car in {20..60} leaves as much room as it should. One remembers the others, but those ought to be counted too.", "Downhill it smelt of cut hay, then of brakes. I rode for ten minutes without a thought."],
    closings: &["In sum: {60..140} kilometres, one plum tart, no average to defend.", "The map with pencil notes is below.", "Next ride as soon as the back wheel agrees."],
    heads: &["The road", "The machine", "The stop", "The figures"],
    points: &["two tubes, not one", "a paper map", "dry gloves", "the fifteen spanner", "something to share", "time in hand"],
    quotes: &["You do not go farther. You go better.", "The wind is never against you. It is merely there.", "One clean bicycle goes less far than two dirty ones."],
    pictures: &["The pass in the morning, above the cloud", "The empty ridge road", "The lake from the last climb"],
    notes: &["{Road} {weather}. Nobody. Bliss.", "Met {person} {bike}. We lost an hour and used it well.", "The patch from 2019 still holds.", "Headwind out, headwind home. I shall write to someone.", "A fox watched me change an inner tube."],
    figures: Some(Figures { head: ["Ride", "Distance", "Climb"], rows: &["Canal", "Ridge", "Forest", "Salt road"], second: (38, 142, "km"), third: (120, 1900, "m") }),
    code: None,
};

/// Bread.
pub(crate) const BREAD: Topic = Topic {
    language: En,
    tags: &["bread", "sourdough", "baking", "oven"],
    folder: &["Home", "Baking"],
    blogs: &["Crumb by Crumb", "Overnight Rise", "Flour on the Keyboard"],
    rare: &["The Parish Oven", "Bake Log"],
    slots: &[
        ("loaf", &["a rye loaf", "Monday's baguette", "a walnut loaf", "a plain white tin", "a country round", "chestnut bread", "milk rolls", "a no-knead loaf", "an oat cob", "barley flatbread"]),
        ("way", &["in a cast-iron pot", "overnight", "with potato water", "with a stiff starter", "in a very small oven", "without scales", "with old bread in it", "with flour from the mill"]),
        ("trouble", &["pale crust", "tight crumb", "lazy starter", "sticky dough", "a leaking oven", "no ear", "too much salt", "overproofed again"]),
    ],
    titles: &["{Loaf} {way}", "{Trouble}: {loaf} {way}", "{Loaf} {way}, third attempt", "{Loaf} for {month}, {way}", "{Trouble}? Try it {way}", "{Loaf} in spite of everything ({trouble})", "{Loaf}, as they make it in {town}", "Baking with {person}: {loaf} {way}", "From {person}'s notebook: {loaf} {way}", "Why I make {loaf} {way}"],
    deep: &["{90..300} bakes written down: what matters for {loaf}", "The starter from {town} is {years} old: its family tree, from the notebooks", "The parish oven at {town}, its temperature logged for {years}", "{Loaf} from {12..30} flours: the table"],
    openings: &["The starter doubled while I slept. There is no better news to wake up to, so it will be {loaf}.", "{Person} has made {loaf} {way} for {years} and had never written it down. I held the pencil.", "Third attempt. The trouble is still the same, {trouble}, but I changed one thing only: {way}."],
    paragraphs: &["I took {450..800} grams of flour, {62..78} per cent water, and the salt at the end. The rest is time, which cannot be weighed.", "The dough stuck to my fingers, to the table, to the cat. The answer was not more flour. The answer was to wait.", "A fold every {20..45} minutes, four times. At the third something changes under the hand, and one knows what bakers mean by body.", "The oven says {220..250} degrees on its knob. The thermometer says something else. I believe the thermometer.", "The miller at {town} grinds an old variety, less even and more talkative. The same recipe never gives the same loaf twice.", "It opened on one side only, like a smile. That was the blade: too upright, too slow.", "I waited for two hours before cutting, which is the hardest part of baking.", "The children took the crusts and the adults took the rest. Nothing was left, which settles the question of storage.", "A handful of dried old bread in the new dough, and the whole batch tastes of attic, in the best sense."],
    closings: &["Tomorrow the same with {2..5} per cent more water.", "If your starter sulks, give it rye and be forgetful.", "The recipe fits on a card. Here it is."],
    heads: &["The dough", "The rise", "The bake", "Next time"],
    points: &["water barely warm", "a larger bowl than you think", "salt last", "a new blade", "the pot very hot", "two hours before cutting"],
    quotes: &["The bread is in no hurry. You are.", "A baker is known by what is thrown away.", "A recipe is the weather plus flour."],
    pictures: &["Wheat under a heavy sky", "The mill and its hills", "Dawn, when the bread comes out"],
    notes: &["{Loaf} {way}. All gone.", "The starter climbed out and sat on the bills. It has taken sides.", "{Trouble}. We shall eat it anyway.", "Four in the morning, the house smells of bread, the neighbour is at the door.", "Free to a good home: lively starter, pleasant nature. Jam accepted."],
    figures: Some(Figures { head: ["Flour", "Water", "Rise"], rows: &["Mill wheat", "Rye", "Spelt", "Chestnut", "Mixed"], second: (60, 82, "%"), third: (90, 420, "min") }),
    code: None,
};

/// Music.
pub(crate) const MUSIC: Topic = Topic {
    language: En,
    tags: &["music", "records", "concerts", "instruments"],
    folder: &["Arts", "Music"],
    blogs: &["B-Side Weather", "The Tuning Fork", "An Octave Down", "Parlour Pitch"],
    rare: &["Reel to Reel"],
    slots: &[
        ("instrument", &["a hurdy-gurdy", "the chapel harmonium", "a bass clarinet", "the pub piano", "a mute accordion", "the barrel organ", "a concertina", "a one-keyed flute", "a patchwork synthesiser", "the school trombone"]),
        ("place", &["at the bandstand", "in the barn", "at the station", "in a kitchen", "at the Harbour Café", "in the school hall", "in the chapel", "by the roadside"]),
        ("tune", &["a waltz", "a work song", "a jig", "a round in three parts", "a lullaby", "a hymn tune", "a slow march", "a tune without a name"]),
    ],
    titles: &["{Instrument} {place}", "{Tune} for {instrument}", "{Tune} {place}, one evening in {month}", "Learning {tune} on {instrument}", "Tuning {instrument} {place} and staying sane", "{Instrument}, {tune} and the rain", "Listening to {tune} {place}", "{Person} plays {tune} {place}", "What {instrument} does to {tune}", "A forgotten record: {tune}, {instrument}"],
    deep: &["{Tune} collected in {town}: {9..24} versions, one source", "I took {instrument} apart: {years} of repairs, one on top of another", "The {80..240} tapes of {town}, heard from end to end", "How far out of tune is {instrument} {place}? Every note, measured"],
    openings: &["We pushed back the tables {place}. {Person} took out {instrument} and the room went quiet all at once.", "{Tune} has followed me since Tuesday. I heard it {place}, through an open window, and did not dare to knock.", "The record was [one pound|two pounds] in a crate in {town}. Somebody had written on the label: \"{tune}\"."],
    paragraphs: &["It is a poor recording. One hears a chair, a dog, a glass. Above all one hears how far apart the players sat, which was just right.", "The tempo drags, and that is what it needs. At {56..72} the tune breathes; at {84..96} it turns into an exercise.", "I wrote out the first {16..48} bars by ear. The left hand cheats: it drops one note in three and nobody complains.", "The instrument had been mended with newspaper. There is still an advertisement for umbrellas to be read in it.", "Three generations sang without a sheet of music. When one voice was lost the others slowed down and waited.", "It is not in tune as a keyboard is. The third is high and a little rough, and after two verses one would not have it otherwise.", "Afterwards we talked about reeds, glue and the price of wood. Musicians seldom talk about music.", "There are {4..9} recordings. The least known is the truest, and the only one with laughter at the end.", "Playing slowly is harder than playing fast, and is heard better in the next room."],
    closings: &["The recording is free. Take it.", "Again on Saturday. Bring a chair.", "If you know this one under another name, write to me."],
    heads: &["The tune", "The instrument", "Listening", "Variants"],
    points: &["listen before you play", "count aloud", "tune twice", "leave the pedal alone", "write down who sang", "stop while it is good"],
    quotes: &["Silence is half of the score.", "A bad instrument in good hands is still worth hearing.", "You do not learn a tune. You catch it."],
    pictures: &["The sleeve: a valley at sunset", "Storm light before the dance", "The hills from the barn"],
    notes: &["{Tune} {place}. I missed my train on purpose.", "{Instrument}, in tune at last. The neighbours have been told.", "Three days with a tune in my head, no name, no ending.", "Tonight {place}: {tune}, {instrument}, all welcome.", "The chime at the station is B flat. I can no longer not hear it."],
    figures: Some(Figures { head: ["Note", "Off by", "Length"], rows: &["C", "E", "G", "A", "B"], second: (2, 24, "cents"), third: (180, 960, "ms") }),
    code: None,
};
