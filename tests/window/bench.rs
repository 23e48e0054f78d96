//! Measures the real window: from the start of its process to the first story painted, and the memory of all its
//! processes, beside an empty window of the same framework. `make bench` runs it, built for release.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use crate::stage::{ENGLISH, Stage, Window};

/// Starts of each kind that are looked at: the middle of five is steady enough to quote.
const STARTS: usize = 5;
/// What the page says when its first story is on the screen.
const PAINTED: &str = "const [mark] = performance.getEntriesByName('story');
    return mark ? performance.timeOrigin + mark.startTime : null";
/// Ticks of the kernel's clock in a second, as `/proc` counts them on every Linux of today.
const TICKS: f64 = 100.0;

/// What is started.
struct Kind {
    name: &'static str,
    program: PathBuf,
    library: Option<PathBuf>,
}

/// What one start cost.
struct Start {
    /// Seconds from the beginning of the process to the first story on the screen.
    painted: f64,
    /// Proportional memory of the program and of the web view's processes, in MiB.
    memory: f64,
}

fn field(process: u32, place: usize) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in brackets may hold blanks.
    stat.rsplit(')').next()?.split_whitespace().nth(place - 3)?.parse().ok()
}

/// The processes below the driver, in the order of their numbers.
fn below(driver: u32) -> Vec<u32> {
    const PARENT: usize = 4;
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let all = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a process's number")]
    let parents: BTreeMap<u32, u32> = all.filter_map(|id| Some((id, field(id, PARENT)? as u32))).collect();
    let is_below = |mut id: u32| {
        while let Some(parent) = parents.get(&id) {
            if *parent == driver {
                return true;
            }
            id = *parent;
        }
        false
    };
    parents.keys().copied().filter(|id| is_below(*id)).collect()
}

/// When the program began, in milliseconds since 1970.
fn began(program: u32) -> f64 {
    const START: usize = 22;
    let uptime = std::fs::read_to_string("/proc/uptime").unwrap();
    let uptime: f64 = uptime.split(' ').next().unwrap().parse().unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs_f64();
    (now - uptime + field(program, START).unwrap() / TICKS) * 1_000.0
}

fn memory(processes: &[u32]) -> f64 {
    let of = |process: &u32| -> Option<f64> {
        let rollup = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
        let line = rollup.lines().find(|line| line.starts_with("Pss:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    };
    processes.iter().filter_map(of).sum::<f64>() / 1_024.0
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
    let painted = window.until("the first story is painted", PAINTED).await.as_f64().unwrap();
    let processes = below(window.driver());
    let program = *processes.first().unwrap();
    let start = Start { painted: (painted - began(program)) / 1_000.0, memory: memory(&processes) };
    window.close().await;
    start
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Opens a library until today's digest is there: who starts the window in the morning has made it once.
async fn make_digest(stage: &Stage, program: &Path, library: &Path, sample: bool) {
    let window = stage.open_program(program, &["--library", library.to_str().unwrap()]).await;
    if sample {
        enter(&window).await;
    }
    let begun = std::time::Instant::now();
    window.see("[data-post]").await;
    println!("first digest of the day in {}: {:.1} s", library.display(), begun.elapsed().as_secs_f64());
    window.close().await;
}

async fn enter(window: &Window) {
    window.push("Open the sample library").await;
}

#[tokio::test]
#[ignore = "`make bench` runs it: it looks at clocks"]
async fn from_the_start_to_the_first_story_beside_an_empty_window() {
    let stage = Stage::set(ENGLISH).await;
    let program = PathBuf::from(env!("CARGO_BIN_EXE_pepites-desktop"));
    let folder = program.parent().unwrap();
    let own = stage.path("library");
    make_digest(&stage, &program, &own, true).await;
    let mut kinds = vec![
        Kind { name: "an empty window", program: folder.join("examples/empty"), library: None },
        Kind { name: "the sample library", program: program.clone(), library: Some(own.join("sample")) },
    ];
    // `make bench` says where it built it.
    if let Some(million) = std::env::var_os("PEPITES_MILLION").map(PathBuf::from) {
        make_digest(&stage, &program, &million, false).await;
        kinds.push(Kind { name: "1,000,000 posts", program, library: Some(million) });
    }
    println!(
        "\n| first story painted, median of {STARTS} starts | cold s | ratio | warm s | ratio | memory MiB | ratio |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    let mut empty = None;
    for kind in &kinds {
        let files = files(kind);
        let (mut cold, mut warm, mut memory) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..STARTS {
            forget(&files);
            cold.push(start(&stage, kind).await.painted);
            let start = start(&stage, kind).await;
            warm.push(start.painted);
            memory.push(start.memory);
        }
        let (cold, warm, memory) = (median(cold), median(warm), median(memory));
        let (cold_empty, warm_empty, memory_empty) = *empty.get_or_insert((cold, warm, memory));
        println!(
            "| {} | {cold:.2} | {:.2} | {warm:.2} | {:.2} | {memory:.0} | {:.2} |",
            kind.name,
            cold / cold_empty,
            warm / warm_empty,
            memory / memory_empty
        );
    }
}
