//! Takes whether the program starts with the reader's session, tells the desktop; tells whether it does. What the desktop
//! keeps is the truth: who takes the entry away in its own settings has turned it off here too.

/// Started so, the window waits in the tray, or small where there is none.
pub(crate) const HIDDEN: &str = "--hidden";

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        io,
        path::{Path, PathBuf},
    };

    use directories::BaseDirs;

    use super::HIDDEN;

    /// "Desktop Application Autostart Specification": one file a program, in `autostart` of the folder of settings.
    const FILE: &str = "autostart/app.pepites.desktop.desktop";

    /// Whether it starts with the session.
    pub(crate) fn is_on() -> bool {
        let kept = file().and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
        // A desktop's settings turn an entry off by these two.
        let off = |line: &str| matches!(line.trim(), "Hidden=true" | "X-GNOME-Autostart-enabled=false");
        !kept.is_empty() && !kept.lines().any(off)
    }

    /// Turns it on or off.
    pub(crate) fn set(on: bool) -> io::Result<()> {
        let file = file().ok_or(io::ErrorKind::NotFound)?;
        if !on {
            return match std::fs::remove_file(file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        // An AppImage is mounted elsewhere at each start: what is started is the file that the reader has.
        let program = match std::env::var_os("APPIMAGE") {
            Some(image) => PathBuf::from(image),
            None => std::env::current_exe()?,
        };
        std::fs::write(file, entry(&program).ok_or(io::ErrorKind::InvalidFilename)?)
    }

    fn file() -> Option<PathBuf> {
        BaseDirs::new().map(|folders| folders.config_dir().join(FILE))
    }

    /// None for a path that an entry cannot name.
    pub(super) fn entry(program: &Path) -> Option<String> {
        let program = program.to_str().filter(|path| !path.chars().any(char::is_control))?;
        // "Desktop Entry Specification", the Exec key: quoted, with these escaped, and all of it once more as a string.
        let escaped: String = program
            .chars()
            .flat_map(|letter| match letter {
                '"' | '`' | '$' => vec!['\\', '\\', letter],
                '\\' => vec!['\\', '\\', '\\', '\\'],
                '%' => vec!['%', '%'],
                letter => vec![letter],
            })
            .collect();
        Some(format!(
            "[Desktop Entry]\nType=Application\nName=Pépites\nIcon=pepites-desktop\nExec=\"{escaped}\" {HIDDEN}\nTerminal=false\nStartupNotify=false\n"
        ))
    }
}

#[cfg(target_os = "linux")]
pub(crate) use linux::{is_on, set};

#[cfg(not(target_os = "linux"))]
mod others {
    use auto_launch::{AutoLaunch, AutoLaunchBuilder, Error};

    use super::HIDDEN;

    /// Whether it starts with the session.
    pub(crate) fn is_on() -> bool {
        launch().and_then(|launch| launch.is_enabled()).unwrap_or(false)
    }

    /// Turns it on or off.
    pub(crate) fn set(on: bool) -> Result<(), Error> {
        let launch = launch()?;
        if on { launch.enable() } else { launch.disable() }
    }

    fn launch() -> Result<AutoLaunch, Error> {
        let program = std::env::current_exe().map_err(Error::Io)?;
        AutoLaunchBuilder::new()
            .set_app_name("Pépites")
            .set_app_path(&program.to_string_lossy())
            .set_args(&[HIDDEN])
            .build()
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) use others::{is_on, set};

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::path::Path;

    use super::linux::entry;

    #[test]
    fn an_entry_names_the_program_whatever_its_folder_is_called() {
        for (program, exec) in [
            ("/usr/bin/pepites-desktop", "Exec=\"/usr/bin/pepites-desktop\" --hidden"),
            ("/home/me/My $Apps/100%", "Exec=\"/home/me/My \\\\$Apps/100%%\" --hidden"),
        ] {
            let entry = entry(Path::new(program)).unwrap();
            assert!(entry.lines().any(|line| line == exec), "{entry}");
        }
        assert_eq!(entry(Path::new("/x\nExec=evil")), None);
    }
}
