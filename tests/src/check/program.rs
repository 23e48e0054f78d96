//! Takes arguments, runs the real `pepites` that was built beside this binary.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

/// The program, and the library that it works on.
#[derive(Clone, Debug)]
pub struct Program {
    /// The executable.
    pub exe: PathBuf,
    /// `--library`.
    pub library: PathBuf,
}

impl Program {
    /// The `pepites` beside the running executable, on that library.
    ///
    /// # Errors
    /// When it was not built.
    pub fn beside(library: &Path) -> Result<Self> {
        let exe = std::env::current_exe()?.with_file_name("pepites");
        if !exe.exists() {
            bail!("{} is missing: build pepites-cli with the same profile first", exe.display());
        }
        Ok(Self { exe, library: library.to_path_buf() })
    }

    /// A command with these arguments, in English, nothing attached.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.exe);
        command.args(arguments).arg("--library").arg(&self.library).args(["--lang", "en"]).stdin(Stdio::null());
        command
    }

    /// Runs it to the end and reads the JSON that it prints.
    ///
    /// # Errors
    /// When it fails, with what it said.
    pub fn json(&self, arguments: &[&str]) -> Result<serde_json::Value> {
        let output = self.command(arguments).arg("--json").output()?;
        if !output.status.success() {
            bail!("pepites {arguments:?}: {}: {}", output.status, String::from_utf8_lossy(&output.stderr));
        }
        serde_json::from_slice(&output.stdout)
            .with_context(|| format!("pepites {arguments:?} printed {}", String::from_utf8_lossy(&output.stdout)))
    }
}
