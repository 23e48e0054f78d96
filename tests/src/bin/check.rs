//! Takes a word for what to check and where its material is, gives figures. See `check help`.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use pepites_tests::check;

/// What is measured takes its memory from where the terminal takes its own.
#[cfg(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64"))]
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

const HELP: &str = "\
check microblogs FOLDER        every recorded reply below FOLDER read by the kinds of microblogs
check feeds FOLDER             what every file below FOLDER holds as a feed, one JSON object a line; JSON Feeds beside
                               what was counted in them where that is known
check feeds-compare FOLDER     the same beside FOLDER/reference.jsonl: totals, and each file that is below
check discovery FOLDER         the feeds that every page below FOLDER offers, one JSON object a line, beside what
                               a person found in it where that is known
check sanitise FILE            each object of FILE with the `html` of its `payload`; says what survived
check fuzz [--inputs N] [--seed S] [--size small|full] [FOLDER]
                               that many mutated feeds and bodies, of FOLDER's files too
check extract FOLDER           id and main text of every FOLDER/html/ID.html.gz, one JSON object a line; beside
                               FOLDER/ground-truth.json, how well it is found again
check speed FOLDER             how fast the files below FOLDER are read and normalised, beside feed-rs alone
check captured FOLDER          every captured feed of FOLDER/reference.jsonl through import and refresh
check contacts FILE            the people of any file of contacts, one JSON object a line; beside it what was skipped
check opml FOLDER              every OPML below FOLDER imported, exported and imported again
check kill [SEED [MOMENTS]]    signal 9 at that many seeded moments of refresh and reading (default 1, 200)
check library --posts N DIR    a seeded library of N posts in DIR, made in bulk
check texts [SEED]             some posts of the demo world, to be judged by reading
check stories FILE… [--out OUT] [--baseline] [--batch N] [--relations N]
                               labelled posts (id, time, source, url, title, text, lang, story; one JSON object a line)
                               through the grouping of the app; with the TF-IDF anchor beside it; with figures on
                               copies, follow-ups and news, and N examples of each
check nuggets --seed N         how many nuggets of a world full of decoys are found (--days, --per-day, --budget, --firehose,
                               --worlds, and what is lost without each signal: --ablate)
check taste FILE.jsonl         how well a taste is learned from stars on one topic after the other
check relays FARM LIBRARY      the stories of a library refreshed from a feed farm, against the farm's truth.tsv
check ranking                  100,000 stories ranked and a digest made of them
check trends [--posts N] [--sources N]
                               how long the pages of trends take on a library of three years (1,000,000 posts of
                               2,000 sources unless told otherwise), and whether they are exact
check crowd                    requests of a reader with 150 feeds and 300 accounts
check contacts-bench           requests of a search for the 426 people of the made-up address book, stage by stage
check many-people              how long an address book of 100,000 rows takes to be read in, and its pages
check bench                    a refresh of the sample world against the floor of that work, a bare client, other readers;
                               then what follows
check late                     the same refresh, first, where every answer comes 50 ms later
check opening                  how long a digest takes to open while 5,000 sources are refreshed
check arriving [LIBRARY]       the cost of one more post behind 10,000, 100,000, and those of LIBRARY
";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut out = std::io::stdout();
    match arguments.as_slice() {
        ["feeds", folder] => check::feeds::check(&PathBuf::from(folder), &mut out),
        ["microblogs", folder] => check::microblogs::check(&PathBuf::from(folder), &mut out),
        ["feeds-compare", folder] => check::compared::check(&PathBuf::from(folder), &mut out),
        ["discovery", folder] => check::discovery::check(&PathBuf::from(folder), &mut out),
        ["sanitise", file] => check::sanitise::check(&PathBuf::from(file), &mut out, &mut std::io::stderr()),
        ["extract", folder] => check::extract::check(&PathBuf::from(folder), &mut out, &mut std::io::stderr()),
        ["fuzz", rest @ ..] => check::fuzz::check(rest, &mut out),
        ["speed", folder] => check::speed::check(&PathBuf::from(folder), &mut out),
        ["captured", folder] => check::captured::check(&PathBuf::from(folder), &mut out),
        ["contacts", file] => check::contacts::check(&PathBuf::from(file), &mut out, &mut std::io::stderr()),
        ["opml", folder] => check::opml::check(&PathBuf::from(folder), &mut out),
        ["kill", rest @ ..] => {
            let number = |place: usize, default: u64| {
                rest.get(place)
                    .map_or(Ok(default), |text| text.parse().with_context(|| format!("`{text}` is no number")))
            };
            check::kill::check(number(0, 1)?, u32::try_from(number(1, 200)?)?, &mut out)
        }
        ["library", "--posts", posts, folder] => {
            let posts = posts.parse().with_context(|| format!("`{posts}` is no number"))?;
            check::library::check(posts, &PathBuf::from(folder), &mut out)
        }
        ["texts", rest @ ..] => {
            let seed = rest.first().map_or(Ok(1), |text| text.parse());
            check::texts::check(seed.context("the seed is no number")?, &mut out)
        }
        ["stories", rest @ ..] => check::stories::check(&check::stories::Ask::read(rest)?, &mut out),
        ["nuggets", options @ ..] => check::nuggets::check(options, &mut out),
        ["taste", file] => check::taste::check(&PathBuf::from(file), &mut out),
        ["relays", farm, library] => check::relays::check(&PathBuf::from(farm), &PathBuf::from(library), &mut out),
        ["bench"] => {
            // One that is beyond its bound does not keep the others from being measured.
            let all = [
                check::bench::check(&mut out),
                check::ranking::check(&mut out),
                check::nuggets::check(&["--seed", "71", "--days", "10"], &mut out),
                check::bench::late(&mut out),
                check::load::opening(&mut out),
                check::load::arriving(Some(&PathBuf::from("target/million")), &mut out),
                check::trends::check(&[], &mut out),
                check::crowd::check(&mut out),
                check::book::check(&mut out),
            ];
            let beyond: Vec<String> = all.into_iter().filter_map(|part| Some(part.err()?.to_string())).collect();
            ensure!(beyond.is_empty(), "{}", beyond.join("; "));
            Ok(())
        }
        ["ranking"] => check::ranking::check(&mut out),
        ["trends", options @ ..] => check::trends::check(options, &mut out),
        ["crowd"] => check::crowd::check(&mut out),
        ["contacts-bench"] => check::book::check(&mut out),
        ["many-people"] => check::many_people::check(&mut out),
        ["late"] => check::bench::late(&mut out),
        ["opening"] => check::load::opening(&mut out),
        ["arriving", rest @ ..] => check::load::arriving(rest.first().map(Path::new), &mut out),
        // The five that follow are run by `bench`, as processes of their own.
        ["download", opml] => check::bench::download(&PathBuf::from(opml), &mut out),
        ["floor", opml, folder] => check::floor::floor(&PathBuf::from(opml), &PathBuf::from(folder), &mut out),
        ["conditional", opml, etags] => {
            check::floor::conditional(&PathBuf::from(opml), &PathBuf::from(etags), &mut out)
        }
        ["serve-late", latency, opml] => {
            let latency = latency.parse().with_context(|| format!("`{latency}` is no number"))?;
            check::bench::serve_late(latency, &PathBuf::from(opml), &mut out)
        }
        ["measure", "--", command @ ..] => {
            let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
            writeln!(out, "{}", serde_json::to_string(&check::measure::run(&command)?)?)?;
            Ok(())
        }
        ["help" | "--help"] => Ok(out.write_all(HELP.as_bytes())?),
        _ => bail!("nothing to check was named\n{HELP}"),
    }
}
