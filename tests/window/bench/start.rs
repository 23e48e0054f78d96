//! From the start of the process to the first story painted, and the memory of all processes, beside an empty window of
//! the same framework.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    empty,
    figures::{hold, median},
    million, processes,
};
use crate::stage::{ENGLISH, Stage};

/// Starts of each kind that are looked at: the middle of seven is steady enough to quote.
const STARTS: usize = 7;
/// What the page says when its first story is on the screen, and when the page itself began.
const PAINTED: &str = "const [mark] = performance.getEntriesByName('story');
    return mark ? [performance.timeOrigin, performance.timeOrigin + mark.startTime] : null";

/// What is started.
struct Kind {
    name: &'static str,
    program: PathBuf,
    library: Option<PathBuf>,
}

/// What one start cost.
struct Start {
    /// Seconds from the beginning of the process to the beginning of its page.
    page: f64,
    /// The same to the first story on the screen.
    painted: f64,
    /// Memory of all processes then, in MiB.
    memory: f64,
}

/// Asks the system to forget what it keeps of these files, as after a night. Needs no rights.
fn forget(files: &[PathBuf]) {
    for file in files.iter().filter(|file| file.exists()) {
        let drop = ["oflag=nocache", "conv=notrunc,fdatasync", "count=0", "status=none"];
        let _kept = Command::new("dd").arg(format!("of={}", file.display())).args(drop).status();
    }
}

/// The program, its library and the web view.
fn files(kind: &Kind) -> Vec<PathBuf> {
    let mut files = vec![kind.program.clone()];
    files.extend(kind.library.iter().map(|folder| folder.join("library.db")));
    let listed = Command::new("ldconfig").arg("-p").output().map(|output| output.stdout).unwrap_or_default();
    let listed = String::from_utf8_lossy(&listed).into_owned();
    let webview = |line: &&str| line.contains("webkit2gtk-4.1") || line.contains("javascriptcoregtk-4.1");
    let paths = listed.lines().filter(webview).filter_map(|line| line.rsplit(" => ").next());
    files.extend(paths.filter_map(|path| std::fs::canonicalize(path).ok()));
    files
}

async fn start(stage: &Stage, kind: &Kind) -> Start {
    let library = kind.library.as_ref().map(|folder| folder.to_string_lossy().into_owned());
    let arguments: Vec<&str> = library.iter().flat_map(|folder| ["--library", folder]).collect();
    let window = stage.open_program(&kind.program, &arguments).await;
    let moments = window.until("the first story is painted", PAINTED).await;
    let since = |place: usize| (moments[place].as_f64().unwrap() - processes::began(&window)) / 1_000.0;
    let start = Start { page: since(0), painted: since(1), memory: processes::memory_now(&window) };
    window.close().await;
    start
}

/// What is held once the window rests: the web view starts with more than it keeps, the program counts on behind the paint.
async fn rested(stage: &Stage, kind: &Kind) -> f64 {
    let library = kind.library.as_ref().map(|folder| folder.to_string_lossy().into_owned());
    let arguments: Vec<&str> = library.iter().flat_map(|folder| ["--library", folder]).collect();
    let window = stage.open_program(&kind.program, &arguments).await;
    window.until("the first story is painted", PAINTED).await;
    let memory = processes::memory(&window).await;
    window.close().await;
    memory
}

/// Opens a library until today's digest is there: who starts the window in the morning has made it once.
pub(super) async fn make_digest(stage: &Stage, program: &Path, library: &Path, sample: bool) {
    let window = stage.open_program(program, &["--library", library.to_str().unwrap()]).await;
    if sample {
        window.push("Open the sample library").await;
    }
    let begun = std::time::Instant::now();
    window.see("[data-post]").await;
    println!("first digest of the day in {}: {:.1} s", library.display(), begun.elapsed().as_secs_f64());
    window.close().await;
}

#[tokio::test]
#[ignore = "`make bench` runs it: it looks at clocks"]
async fn from_the_start_to_the_first_story() {
    let stage = Stage::set(ENGLISH).await.without_layers();
    let program = super::program();
    let own = stage.path("library");
    make_digest(&stage, &program, &own, true).await;
    make_digest(&stage, &program, &million(), false).await;
    let kinds = [
        Kind { name: "an empty window", program: empty(), library: None },
        Kind { name: "the sample library", program: program.clone(), library: Some(own.join("sample")) },
        Kind { name: "1,000,000 posts", program, library: Some(million()) },
    ];
    // In turn, and not one kind after the other: what else the machine does meets all of them alike.
    let mut starts: Vec<[Vec<Start>; 2]> = kinds.iter().map(|_| [Vec::new(), Vec::new()]).collect();
    for _ in 0..STARTS {
        for (kind, [cold, warm]) in kinds.iter().zip(&mut starts) {
            forget(&files(kind));
            cold.push(start(&stage, kind).await);
            warm.push(start(&stage, kind).await);
        }
    }
    println!(
        "\n| first story painted, median of {STARTS} starts | cold s | ratio | warm s | of it the page | ratio | MiB then | MiB at rest |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let middle = |starts: &[Start], of: fn(&Start) -> f64| median(&starts.iter().map(of).collect::<Vec<_>>());
    let mut first = None;
    let mut last = (0.0, 0.0);
    for (kind, [cold, warm]) in kinds.iter().zip(&starts) {
        let (cold, page, memory) = (
            middle(cold, |each| each.painted),
            middle(warm, |each| each.painted - each.page),
            middle(warm, |each| each.memory),
        );
        let warm = middle(warm, |each| each.painted);
        let (cold_empty, warm_empty) = *first.get_or_insert((cold, warm));
        let rested = rested(&stage, kind).await;
        last = (warm / warm_empty, memory.max(rested));
        println!(
            "| {} | {cold:.2} | {:.2} | {warm:.2} | {page:.2} | {:.2} | {memory:.0} | {rested:.0} |",
            kind.name,
            cold / cold_empty,
            warm / warm_empty,
        );
    }
    hold(&[("window.first_story.ratio", last.0), ("window.memory.million.mib", last.1)]);
}
