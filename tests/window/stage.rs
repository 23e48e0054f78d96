//! Gives a display, a home and a driver to one journey, and takes everything down at its end, however it ends.
//! Waits for what is to be seen, never for seconds.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    net::{TcpListener, TcpStream},
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::{InputSource, KeyAction, KeyActions},
    elements::Element,
    error::CmdError,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

use crate::troupe::Troupe;

static TURN: Mutex<()> = Mutex::const_new(());

/// What is not there by then does not come: a busy machine needs some seconds for the first window.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
/// How often is looked.
pub(crate) const BLINK: Duration = Duration::from_millis(25);

/// How the reader's desktop looks and speaks.
#[derive(Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) language: &'static str,
    pub(crate) dark: bool,
}

/// Bytes that a picture of an empty page stays below: one colour packs well.
const EMPTY: usize = 16_000;

/// A Monday: the morning on which every journey happens.
pub(crate) const NOW: &str = "2026-11-23T09:00:00Z";

pub(crate) const ENGLISH: Setting = Setting { language: "en_GB.UTF-8", dark: false };

/// A display and a home.
pub(crate) struct Stage {
    folder: TempDir,
    display: String,
    setting: Setting,
    /// Pages are drawn in layers, whatever graphics card there is: without, no picture comes of one that stands still.
    layers: bool,
    _screen: Troupe,
    _turn: MutexGuard<'static, ()>,
}

/// The program, driven.
pub(crate) struct Window {
    pub(crate) client: Client,
    driver: Troupe,
    /// What the driver and the program complained of.
    log: PathBuf,
}

impl Stage {
    pub(crate) async fn set(setting: Setting) -> Self {
        let turn = TURN.lock().await;
        let folder = tempfile::tempdir().unwrap();
        for name in ["home", "config", "data", "cache", "run", "bin"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        put_browser(folder.path());
        let mut screen = Command::new("Xvfb");
        // A display that begins anew when its last window shuts turns away the one that opens just then.
        screen.args(["-displayfd", "1", "-screen", "0", "3840x2160x24", "-nolisten", "tcp", "-noreset"]);
        let mut screen = Troupe(screen.stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0).spawn().unwrap());
        let mut number = String::new();
        BufReader::new(screen.0.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Self { folder, display: format!(":{}", number.trim()), setting, layers: true, _screen: screen, _turn: turn }
    }

    /// The web view draws as it does on a desktop without a graphics card. No pictures can be taken.
    pub(crate) fn without_layers(self) -> Self {
        Self { layers: false, ..self }
    }

    /// A file in the home.
    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join("home").join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The addresses that the reader's browser was asked to show, in order.
    pub(crate) fn browsed(&self) -> Vec<String> {
        let kept = std::fs::read_to_string(self.path("browsed")).unwrap_or_default();
        kept.lines().map(str::to_owned).collect()
    }

    /// Waits until the reader's browser was asked to show so many addresses.
    pub(crate) async fn browsing(&self, count: usize) -> Vec<String> {
        until("the browser", || Some(self.browsed()).filter(|shown| shown.len() >= count)).await
    }

    /// Starts `pepites` on the library of this stage: the terminal beside the window.
    pub(crate) fn terminal(&self, arguments: &[&str]) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_pepites-desktop")).with_file_name("pepites");
        assert!(program.exists(), "{} is missing: `make test` builds it", program.display());
        let mut command = Command::new(program);
        self.surroundings(&mut command);
        command.args(arguments).args(["--library", &self.library(), "--now", NOW]);
        command
    }

    /// Starts another program beside the window, until the journey ends.
    pub(crate) fn start(&self, program: &Path, arguments: &[&str]) -> Troupe {
        assert!(program.exists(), "{} is missing: `make test` builds it", program.display());
        let mut command = Command::new(program);
        self.surroundings(&mut command);
        Troupe(command.args(arguments).process_group(0).spawn().unwrap())
    }

    /// A hand on keyboard and mouse that the program cannot tell from a reader's: `xdotool` on this display.
    pub(crate) fn hand(&self, arguments: &[&str]) -> Option<String> {
        let mut command = Command::new("xdotool");
        self.surroundings(&mut command);
        let output = command.args(arguments).output().expect("xdotool is missing: `make test` installs it");
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Waits for a window of the program with that in its title, and gives its number.
    pub(crate) async fn dialog(&self, title: &str) -> String {
        let look = || self.hand(&["search", "--onlyvisible", "--name", title]);
        let found = until(title, || look().filter(|ids| !ids.is_empty())).await;
        found.lines().next().unwrap_or_default().to_owned()
    }

    /// Waits until no window has that in its title.
    pub(crate) async fn dialog_gone(&self, title: &str) {
        assert!(self.dialog_gone_within(title, PATIENCE).await, "the dialog {title} does not end");
    }

    /// Whether no window has that in its title before so long is over.
    pub(crate) async fn dialog_gone_within(&self, title: &str, patience: Duration) -> bool {
        let look = || self.hand(&["search", "--onlyvisible", "--name", title]);
        within(patience, || look().is_none_or(|ids| ids.is_empty()).then_some(())).await.is_some()
    }

    /// The reader's library.
    pub(crate) fn library(&self) -> String {
        self.path("library").to_str().unwrap().to_owned()
    }

    /// The window was left at that size the last time.
    pub(crate) fn remember_size(&self, width: u32, height: u32) {
        let folder = self.path("config/app.pepites.desktop");
        std::fs::create_dir_all(&folder).unwrap();
        let window = json!({
            "width": width, "height": height, "x": 0, "y": 0, "prev_x": 0, "prev_y": 0,
            "maximized": false, "visible": true, "decorated": true, "fullscreen": false,
        });
        std::fs::write(folder.join(".window-state.json"), json!({ "main": window }).to_string()).unwrap();
    }

    /// The program's surroundings, without anything of this machine's own desktop.
    fn surroundings(&self, command: &mut Command) {
        let at = |name: &str| self.folder.path().join(name);
        let usual = std::env::var_os("PATH").unwrap_or_default();
        let path = std::iter::once(at("bin")).chain(std::env::split_paths(&usual));
        command
            .env_clear()
            .env("PATH", std::env::join_paths(path).unwrap())
            .env("HOME", at("home"))
            .env("XDG_CONFIG_HOME", at("config"))
            .env("XDG_DATA_HOME", at("data"))
            .env("XDG_CACHE_HOME", at("cache"))
            .env("XDG_RUNTIME_DIR", at("run"))
            .env("DISPLAY", &self.display)
            .env("LANG", self.setting.language)
            .env("TZ", "UTC")
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .envs(self.layers.then_some(("WEBKIT_FORCE_COMPOSITING_MODE", "1")));
        if self.setting.dark {
            command.env("GTK_THEME", "Adwaita:dark");
        }
    }

    /// Starts the program and waits until its page stands.
    pub(crate) async fn open(&self, arguments: &[&str]) -> Window {
        self.open_program(Path::new(env!("CARGO_BIN_EXE_pepites-desktop")), arguments).await
    }

    /// The same with another program.
    pub(crate) async fn open_program(&self, program: &Path, arguments: &[&str]) -> Window {
        let mut driver = Command::new("WebKitWebDriver");
        self.surroundings(&mut driver);
        self.drive(driver, program, arguments).await
    }

    /// The same inside a session with a bus, as on every desktop.
    pub(crate) async fn open_on_bus(&self, arguments: &[&str]) -> Window {
        let mut driver = Command::new("dbus-run-session");
        self.surroundings(&mut driver);
        // The bus writes its address where the second start finds it.
        let tell = format!(
            "printf %s \"$DBUS_SESSION_BUS_ADDRESS\" > {} && exec WebKitWebDriver \"$@\"",
            self.path("bus").display()
        );
        driver.env_remove("DBUS_SESSION_BUS_ADDRESS").args(["--", "sh", "-c", &tell, "sh"]);
        self.drive(driver, Path::new(env!("CARGO_BIN_EXE_pepites-desktop")), arguments).await
    }

    /// Starts the program a second time on that bus, from that folder, and waits for its end.
    pub(crate) async fn start_again(&self, arguments: &[&str], folder: &Path) -> ExitStatus {
        let mut program = Command::new(env!("CARGO_BIN_EXE_pepites-desktop"));
        self.surroundings(&mut program);
        program.env("DBUS_SESSION_BUS_ADDRESS", std::fs::read_to_string(self.path("bus")).unwrap());
        program.args(arguments).current_dir(folder).process_group(0);
        let mut program = Troupe(program.spawn().unwrap());
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(end) = program.0.try_wait().unwrap() {
                return end;
            }
            assert!(Instant::now() < deadline, "the second start did not end");
            tokio::time::sleep(BLINK).await;
        }
    }

    async fn drive(&self, mut driver: Command, program: &Path, arguments: &[&str]) -> Window {
        let port = free_port();
        driver.env("TAURI_WEBVIEW_AUTOMATION", "true").arg(format!("--port={port}"));
        let log = self.path("log");
        driver.stdout(Stdio::null()).stderr(File::create(&log).unwrap()).process_group(0);
        let driver = Troupe(driver.spawn().expect("WebKitWebDriver is missing: `make test` installs it"));
        until("the driver", || TcpStream::connect(("127.0.0.1", port)).ok()).await;
        let options = json!({ "webkitgtk:browserOptions": { "binary": program, "args": arguments } });
        let Value::Object(capabilities) = options else { unreachable!() };
        let mut client = ClientBuilder::new(HttpConnector::new());
        let address = format!("http://127.0.0.1:{port}");
        let client = tokio::time::timeout(PATIENCE, client.capabilities(capabilities).connect(&address))
            .await
            .unwrap_or_else(|_| panic!("the window does not open\n{}", complaints(&log)))
            .unwrap_or_else(|error| panic!("the window did not open: {error}\n{}", complaints(&log)));
        Window { client, driver, log }
    }
}

impl Window {
    /// Waits for an element.
    pub(crate) async fn see(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => self.fail(&format!("{css} is not to be seen: {error}")).await,
        }
    }

    /// Waits for an element by XPath.
    pub(crate) async fn find(&self, path: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(path)).await;
        match found {
            Ok(element) => element,
            Err(error) => self.fail(&format!("{path} is not to be seen: {error}")).await,
        }
    }

    /// Waits until a script gives something that is true, and gives it.
    pub(crate) async fn until(&self, what: &str, script: &str) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let value = match self.run(script).await {
                Ok(value) => value,
                Err(error) => self.fail(&format!("{what}: {error}")).await,
            };
            if !matches!(value, Value::Null | Value::Bool(false)) {
                return value;
            }
            if Instant::now() > deadline {
                self.fail(&format!("{what} did not come about")).await
            }
            tokio::time::sleep(BLINK).await;
        }
    }

    pub(crate) async fn run(&self, script: &str) -> Result<Value, CmdError> {
        let answer = tokio::time::timeout(PATIENCE, self.client.execute(script, Vec::new())).await;
        answer.unwrap_or_else(|_| panic!("the window hangs: {}", complaints(&self.log)))
    }

    /// The same with a script that gives its answer later, to its last argument.
    pub(crate) async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        let answer = tokio::time::timeout(PATIENCE, self.client.execute_async(script, arguments)).await;
        answer.unwrap_or_else(|_| panic!("the window hangs: {}", complaints(&self.log))).unwrap()
    }

    /// Fails with what can be read in the window now, and with what was complained of.
    async fn fail(&self, why: &str) -> ! {
        let text = self.run("return document.body.innerText").await;
        let text = text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default();
        panic!("{why}\n--- the window:\n{text}\n--- complaints:\n{}", complaints(&self.log));
    }

    /// Takes a picture, once what was last done is drawn: the picture stays the same, and is none of an empty page.
    pub(crate) async fn picture(&self, path: &Path) {
        let drawn = "const done = arguments[arguments.length - 1]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        let deadline = Instant::now() + PATIENCE;
        let mut before = Vec::new();
        loop {
            let frames = tokio::time::timeout(PATIENCE, self.client.execute_async(drawn, Vec::new())).await;
            frames.unwrap_or_else(|_| panic!("nothing is drawn: {}", complaints(&self.log))).unwrap();
            let picture = self.screenshot().await;
            if picture == before && picture.len() > EMPTY {
                std::fs::write(path, picture).unwrap();
                return;
            }
            assert!(Instant::now() < deadline, "{} does not come to rest", path.display());
            before = picture;
        }
    }

    async fn screenshot(&self) -> Vec<u8> {
        let picture = tokio::time::timeout(PATIENCE, self.client.screenshot()).await;
        let picture = picture.unwrap_or_else(|_| panic!("no picture comes: {}", complaints(&self.log)));
        picture.unwrap()
    }

    /// Presses a key where the focus is.
    pub(crate) async fn press(&self, key: &str) {
        let letter = key.chars().next().unwrap();
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: letter })
            .then(KeyAction::Up { value: letter });
        self.client.perform_actions(keys).await.unwrap_or_else(|error| panic!("{key}: {error}"));
    }

    /// The driver's process: the program and what it starts are below it.
    pub(crate) fn driver(&self) -> u32 {
        self.driver.0.id()
    }

    /// Presses a button by the words on it, the first that is to be seen.
    pub(crate) async fn push(&self, words: &str) {
        let path = format!("//button[normalize-space(.)='{words}' and not(@disabled)]");
        self.find(&path).await.click().await.unwrap_or_else(|error| panic!("{words}: {error}"));
    }

    /// Ends it as a power cut does.
    pub(crate) fn kill(self) {}

    /// Ends the program.
    pub(crate) async fn close(self) {
        self.client.close().await.unwrap();
    }
}

/// What the system opens pages with: here, a list of what was asked for.
fn put_browser(folder: &Path) {
    let browser = folder.join("bin/xdg-open");
    let script = format!("#!/bin/sh\nprintf '%s\\n' \"$*\" >> {}\n", folder.join("browsed").display());
    std::fs::write(&browser, script).unwrap();
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn complaints(log: &Path) -> String {
    std::fs::read_to_string(log).unwrap_or_default()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Looks again and again until there is something, and gives it.
pub(crate) async fn until<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    within(PATIENCE, look).await.unwrap_or_else(|| panic!("{what} did not come"))
}

async fn within<T>(patience: Duration, look: impl Fn() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + patience;
    loop {
        let seen = look();
        if seen.is_some() || Instant::now() >= deadline {
            return seen;
        }
        tokio::time::sleep(BLINK).await;
    }
}
