//! Gives English words about type, old computers, open data and software craft.

use super::{Figures, Language::En, Topic};

/// Typography.
pub(crate) const TYPE: Topic = Topic {
    language: En,
    tags: &["typography", "printing", "layout", "lettering"],
    folder: &["Arts", "Typography"],
    blogs: &["Hairspace", "The Inky Thumb", "Descender"],
    rare: &["Specimen of One", "The Composing Room"],
    slots: &[
        ("sign", &["the ampersand", "the semicolon", "the long dash", "the apostrophe", "the small capital", "the old-style figure", "the ligature", "the full stop", "the swash Q", "the thin space"]),
        ("where", &["on a circus poster", "in a 1931 directory", "on screen", "on street signs", "in a railway novel", "on a platform ticket", "in a cookery book", "on a biscuit tin"]),
        ("doing", &["drawing", "setting", "correcting", "defending", "finding", "digitising", "printing", "measuring"]),
    ],
    titles: &["{Doing} {sign} {where}", "{Sign} {where}", "A short history of {sign} {where}", "In defence of {sign} {where}", "What {sign} does {where}", "A Sunday spent {doing} {sign} {where}", "The riddle of {sign} {where}", "{Person} writes in about {sign} {where}", "{Doing} {sign} without software, {where}", "Is {doing} {sign} {where} worth the trouble?"],
    deep: &["{60..180} street signs in {town} and one sign painter: an inquiry", "I measured {sign} in {40..90} books; here is the table", "Casting {sign} by hand: {years} of failures", "The typeface without a name, from a printer in {town}"],
    openings: &["Nobody notices {sign} until it is wrong. {Where} it is wrong in an instructive way.", "I found this specimen [at the back of a drawer|on a pavement in {town}] between two bills. Look at {sign}: quiet, and lovely.", "A question from {person}: why care about {sign} when nobody sees it? Because everybody reads it."],
    paragraphs: &["The letter is a little too wide for its line, and the compositor cheated: one space fewer here, a stroke filed down there. You can feel the hurry.", "One plain rule: white first. Set the margins, the leading and the measure, and {sign} will find its own place.", "At {9..12} points the counter fills in. It has to be opened, even if that betrays the drawing. The old punch cutters knew, and cut each size afresh.", "I compared {6..24} editions. The shape changes and the intention never does: to lead the eye without its noticing.", "Ink spread on the cheap paper, and the spread became a style. Many of our habits are accidents that somebody liked.", "The digital file is sharper than the original, which is one way of being wrong. I kept a slight wobble that no one can see and everyone can feel.", "At the workshop in {town} the press of {1880..1930} still runs on Saturdays. One hour there teaches more than ten manuals, and you go home with black fingers.", "Automatic justification digs rivers through the grey of a page. One hyphen, one word moved, and the page closes again.", "A reader feels tired before seeing why. So I measure comfort in pages read, not in taste."],
    closings: &["The specimen can be seen at {person}'s, by appointment.", "Next plate: something smaller still.", "Look at your shop signs. Some very good ones are left."],
    heads: &["The object", "The drawing", "The measure", "What is left of it"],
    points: &["lines of about sixty characters", "real small capitals, never shrunken ones", "one size fewer than you planned", "hanging punctuation, if you can", "paper that does not shine", "a ruler you trust"],
    quotes: &["Good typography is the kind that nobody mentions.", "A page stands like a table: you see at once when it wobbles.", "White space is not empty. It is at work."],
    pictures: &["A landscape printed in three colours, slightly out of register", "Ink trial: hills from light to dark", "The cover of a printer's notebook"],
    notes: &["{Sign} {where}. I stop, I photograph, I miss my bus.", "Three spaces in a row in a contract. Slept badly.", "Somebody has corrected every apostrophe on the menu. Somebody I would like to meet.", "Word of the day: kerning. Sounds like a bird, behaves like one.", "Seen {where}: {sign}, perfect, anonymous."],
    figures: Some(Figures { head: ["Size", "Leading", "Measure"], rows: &["9", "10", "11", "12"], second: (11, 17, "pt"), third: (48, 74, "characters") }),
    code: None,
};

/// Old computers.
pub(crate) const RETRO: Topic = Topic {
    language: En,
    tags: &["retrocomputing", "repair", "hardware", "history"],
    folder: &["Computing", "Old machines"],
    blogs: &["The Amber Terminal", "Floppy Weather", "Eight Bits and a Biscuit"],
    rare: &["Core Store", "The Listing"],
    slots: &[
        ("machine", &["the Tamarin 64", "a Cricket 2", "the Ocelle console", "a Delphin portable", "an amber terminal", "a daisy-wheel printer", "the Oriole Plus", "a Zeno calculator", "the grey modem", "a Woodpecker 8"]),
        ("fault", &["will not start", "smells warm", "loses the time", "shows stripes", "squeaks in the cold", "reads one side only", "ignores the keyboard", "switches off at noon"]),
        ("cure", &["a thirty-pence capacitor", "patience", "a paper clip", "one drop of oil", "three joints of solder", "a circuit diagram from a cellar", "white vinegar", "a rescue floppy"]),
    ],
    titles: &["{Machine} {fault}: part two", "{Machine} and {cure}", "Why {machine} {fault}", "It {fault}: {machine} on the bench", "{Cure} saves {machine}", "From a barn in {town}: {machine}, {fault}", "Writing for {machine} in {month}, for no reason", "{Town} jumble sale: {machine} and {cure}", "An evening with {machine} and {cure}", "{Machine} {fault}, explained at last"],
    deep: &["I read the ROM byte by byte: {machine} has no secrets left", "{40..120} floppies from the school in {town}: what was still on them", "{Machine} {fault}: {years} of looking and a culprit two millimetres long", "Rebuilding {machine} from one photograph, with {cure}"],
    openings: &["{Machine} arrived in a banana box without screws or a manual. It {fault}. Clearly it needed to be loved a little more.", "At the jumble sale in {town} the seller swore that {machine} worked \"last time\". That was {years} ago.", "Third evening on this. {Machine} {fault}, and only when my back is turned."],
    paragraphs: &["The supply gave {9..11}.{1..9} volts in place of twelve. That sort of thing explains everything and proves nothing, so I went on measuring.", "The capacitors had leaked along the track. Clean, thin wire, solder, magnifier. It is a simple job if you are willing to give it the night.", "The program fits into {2..12} kilobytes. I typed it in from a magazine, with the misprint in line 340 that I had forgotten since childhood.", "One forgets the noise: the drive that searches, the tube that whistles, the key that clacks. A silent machine does not tell you what it is doing.", "{Person} found the circuit diagram in a cellar. Two pages glued by damp, parted with steam above a saucepan.", "Slowness makes you think before you press. I write better with {3..8} seconds between pages.", "I copied each floppy twice. {6..19} in a hundred could not be read. The rest held letters to the landlord and unfinished games of chess.", "Nothing stays yellow for ever: peroxide, sunlight, cling film. The result looks a touch too new, and one gets used to it.", "The best part is the manual. It explains the whole machine, as if the reader were about to build one."],
    closings: &["It starts. I no longer dare switch it off.", "The drawings are free to whoever wants them.", "Next time: the keyboard, and its 61 springs."],
    heads: &["The fault", "Opening it", "The repair", "What it is good for"],
    points: &["photograph before you unscrew", "keep the screws in order", "measure twice, solder once", "never power up without a fuse", "copy before you try", "ask somebody older"],
    quotes: &["A dead machine is one whose manual was lost.", "The fault is always where you have looked already.", "You do not restore a computer. You restore an afternoon."],
    pictures: &["The original wallpaper in 16 colours", "A demo: scrolling mountains", "A drawing typed in one line at a time"],
    notes: &["{Machine} {fault}. I am grinning like a child.", "Found a floppy labelled DO NOT. The rest is missing.", "{Cure}. That was it. Three weeks.", "The tube takes forty seconds to warm up. I use them to breathe.", "Line 340. It is always line 340."],
    figures: Some(Figures { head: ["Test point", "Expected", "Measured"], rows: &["Supply", "Clock", "Bus", "Video out"], second: (5, 12, "V"), third: (2, 12, "V") }),
    code: Some("10 REM STARS\n20 FOR I = 1 TO 200\n30 X = INT(RND(1) * 320) : Y = INT(RND(1) * 200)\n40 PLOT X, Y\n50 NEXT I\n60 GOTO 20\n"),
};

/// Open data and maps.
pub(crate) const OPEN_DATA: Topic = Topic {
    language: En,
    tags: &["opendata", "maps", "statistics", "commons"],
    folder: &["Computing", "Data"],
    blogs: &["One Row per Bench", "The Median Reader", "Public Columns"],
    rare: &["Parish Figures"],
    slots: &[
        ("data", &["bus timetables", "street trees", "the price of water", "public benches", "market stalls", "lift failures", "air quality", "drinking fountains", "zebra crossings", "library loans"]),
        ("form", &["on one map", "in a single file", "as plain text", "by bicycle", "in a spreadsheet", "without a server", "with paper and pencil", "in thirty lines"]),
        ("flaw", &["duplicates", "three empty columns", "one comma too many", "a file for every day", "dates back to front", "a cropped postcode", "lost accents", "a missing licence"]),
    ],
    titles: &["{Data} {form}", "{Town}: {data} {form}", "Opening {data}: {flaw} and a nice surprise", "{Flaw} in {data}", "What {data} can say about {town}", "Counting {data} {form}", "Checking {data} {form} on a Saturday", "{Town} publishes {data}, with {flaw}", "How I cleaned {data} {form}", "{Data}: {years} of files {form}"],
    deep: &["{400..900} drinking fountains near {town} checked on foot: the data and its errors", "{Years} of {data} in {town}, corrected row by row", "I asked {30..90} parishes for {data}: who answered, and how", "{Data} {form}: the official mistake, with proof"],
    openings: &["{Town} has just published {data}. The file weighs {2..40} MB, it contains {flaw}, and it is excellent news.", "I only wanted to know where to sit down. Two hours later I had {data} {form}.", "{Person} sent me a spreadsheet called final_v7. In it: {data}, and {flaw}."],
    paragraphs: &["Of {2000..9000} rows, {40..400} matched nothing on the ground. I went to see the oddest. One of them was a merry-go-round.", "The licence allows everything as long as the source is named. That is one more sentence at the foot of the page, and a great many fewer e-mails.", "I kept the original file untouched beside the corrected one. A correction that cannot be repeated is only an opinion.", "The map is a plain picture. It opens everywhere, it prints, and it asks nobody's leave to be seen.", "The technical office answered in two days, kindly, and mended the error at its source. Those stories are not told often enough.", "The coordinates were the wrong way round. For {years} every litter bin in {town} stood in the Indian Ocean.", "Plain text has one advantage: it will still open in twenty years, even if half the columns mean nothing to anybody by then.", "An average would have hidden the point. The median tells of another town, the one where you wait for {9..25} minutes.", "The sums are never the long part. The long part is deciding what to call a bench."],
    closings: &["File and method are at the foot of the page. Do correct me.", "Next: the same for the parish next door.", "If your town publishes this too, let me know."],
    heads: &["The file", "The errors", "The map", "What I make of it"],
    points: &["one row for each thing", "ISO dates, always", "an identifier that never changes", "the source inside the file", "units in the header", "an address for reporting mistakes"],
    quotes: &["A figure without a date is a rumour.", "You do not clean a file. You learn to read it.", "A map mostly shows where nobody has been."],
    pictures: &["Relief of the valley from the public file", "Hills in profile, heights exaggerated", "A shaded map without a needless legend"],
    notes: &["{Data} of {town}: {flaw}. I am on it.", "The council has removed the phantom fountain. Thanks to whoever reads those e-mails.", "A whole day spent deciding what a bench is.", "{Flaw}. Again. Always.", "New map: {data}, {form}."],
    figures: Some(Figures { head: ["Parish", "Rows", "Errors"], rows: &["Thornby", "Saltby", "Pellstow", "Crowle End"], second: (400, 9000, "rows"), third: (3, 210, "errors") }),
    code: Some("cut -d, -f2,5 fountains.csv \\\n  | sort | uniq -c \\\n  | awk '$1 > 1 { print $2 }'\n"),
};

/// Software craft.
pub(crate) const CRAFT: Topic = Topic {
    language: En,
    tags: &["programming", "tools", "method", "testing"],
    folder: &["Computing", "Workshop"],
    blogs: &["Off by One Again", "Boring Software", "The Tuesday Bug", "Side Effects May Vary"],
    rare: &["Notes of a Slow Debugger"],
    slots: &[
        ("thing", &["a cache", "the parser", "calendar code", "a form", "the queue", "a backup script", "slow tests", "a file format", "error messages", "an old module"]),
        ("manner", &["without dependencies", "in one afternoon", "in pairs", "backwards", "test first", "on paper", "on a train", "ten years later"]),
        ("doing", &["rewriting", "deleting", "measuring", "naming", "explaining", "testing", "simplifying", "documenting"]),
    ],
    titles: &["{Doing} {thing} {manner}", "{Doing} {thing}: why and how", "I tried {doing} {thing} {manner}", "{Thing}, {manner}", "What I learnt from {doing} {thing}", "Stop {doing} {thing} {manner}", "The case against {doing} {thing}", "Code review: {thing} {manner}", "A rule for {doing} {thing}", "{Person} and I, {doing} {thing} {manner}"],
    deep: &["One bug a year: {thing}, hunted for {years}", "I reread {300..900} error messages while {doing} {thing}", "Why {thing} is slow on Thursdays: the whole trace", "A diary of all my mistakes, kept for {years}: {doing} {thing}"],
    openings: &["It began with a harmless line. I meant to spend an hour {doing} {thing}, and ended up reading the whole project.", "The ticket said \"slow\". Not where, not when. {Person} and I began by measuring.", "One always puts off {doing} {thing}. Here is what happens when it is done {manner}."],
    paragraphs: &["The first attempt took {2..9} seconds. The second took forty milliseconds by doing less. I have hardly ever saved time by adding code.", "I wrote the test before I understood the fault. It failed for the wrong reason, and that reason put me on the track.", "A true name is worth a comment. This one had been called `tmp2` for {years}.", "We deleted {200..3000} lines. Nobody noticed, which is the nicest thing one can say of a deletion.", "The message said what had happened but not what to do. We added one sentence, and the calls for help went down by half.", "The rule is simple: when in doubt between two abstractions, keep the repetition. It does not lie, at least.", "The cache was right ninety-nine times in a hundred. The other time it handed out the neighbour's answer.", "I printed the module and read it in a café with a pen. {4..15} pages, {6..20} notes in the margin, one real problem.", "Dates win in the end. This time it was a leap year, and a time zone with forty-five minutes in it."],
    closings: &["The fix is three lines long. The explanation is this page.", "Next time I shall measure first. (I say so every time.)", "It can be read. I ask nothing more of it."],
    heads: &["The symptom", "The measurement", "The fix", "What I keep"],
    points: &["measure first", "change one thing at a time", "keep the case that failed", "write the error message first", "read it again tomorrow", "delete gladly"],
    quotes: &["The fastest code is the code you took out.", "A test that cannot fail is a comment.", "First understand, then mend, then apologise."],
    pictures: &["A week of response times in profile", "Wallpaper of the day: hills and a green build"],
    notes: &["{Doing} {thing} {manner}: done. It is two in the morning.", "The test fails. Good.", "Renamed a variable, understood the program.", "Today: minus {80..900} lines. A perfect day.", "A time zone with forty-five minutes in it. I am going for a walk."],
    figures: Some(Figures { head: ["Version", "Time", "Memory"], rows: &["Before", "No cache", "With index", "After"], second: (40, 900, "ms"), third: (12, 180, "MB") }),
    code: Some("fn days(year: i32) -> u32 {\n    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);\n    if leap { 366 } else { 365 }\n}\n"),
};
