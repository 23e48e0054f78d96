//! Takes the library, gives all of it in formats that any program reads: OPML, CSV, a JSON object a line. Never a login.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use pepites_core::model::Phrase;
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::{
    Engine,
    catalogue::Language,
    contract::{Code, Problem, WholeExport},
};

#[cfg(test)]
mod tests;

/// Where the rows of each table are.
const TABLES: &str = "tables";

impl Engine {
    /// Writes everything to one zip archive, of one moment as far as the tables go; a file that is there is replaced once
    /// the new one is whole. What can be computed from the rest (the index of the search, counts) is not in it.
    pub fn export_whole(&self, to: &Path, language: Language) -> Result<WholeExport, Problem> {
        self.store.check_elsewhere(to)?;
        let mut part = to.as_os_str().to_owned();
        part.push(format!(".{}.part", std::process::id()));
        let part = PathBuf::from(part);
        let written = self.write_whole(&part, language).map_err(|stop| match stop {
            Stop::Problem(problem) => problem,
            Stop::Disk(error) => unwritable(to, &error),
        });
        let named = written.and_then(|rows| {
            std::fs::rename(&part, to).map_err(|error| unwritable(to, &error))?;
            let bytes = std::fs::metadata(to).map_err(|error| unwritable(to, &error))?.len();
            Ok(WholeExport { file: to.display().to_string(), bytes, rows })
        });
        if named.is_err() {
            std::fs::remove_file(&part).unwrap_or(());
        }
        named
    }

    fn write_whole(&self, to: &Path, language: Language) -> Result<u64, Stop> {
        let mut zip = ZipWriter::new(BufWriter::new(File::create(to)?));
        // A library of years has tables beyond 4 GB.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
        let mut put = |name: &str, text: &str| -> Result<(), Stop> {
            zip.start_file(name, options)?;
            Ok(zip.write_all(text.as_bytes())?)
        };
        put("README.txt", &language.say(&Phrase::new("export.whole.readme")))?;
        put("sources.opml", &self.export()?)?;
        put("following_accounts.csv", &self.export_accounts()?)?;
        put("contacts.csv", &self.export_contacts()?)?;
        let (mut rows, mut open) = (0_u64, String::new());
        self.store.dump(|table, row| -> Result<(), Stop> {
            if open != table {
                zip.start_file(format!("{TABLES}/{table}.jsonl"), options)?;
                table.clone_into(&mut open);
            }
            serde_json::to_writer(&mut zip, &row).map_err(io::Error::from)?;
            zip.write_all(b"\n")?;
            rows += 1;
            Ok(())
        })?;
        let mut file = zip.finish()?;
        file.flush()?;
        file.get_ref().sync_all()?;
        Ok(rows)
    }
}

/// Why it was not written to its end.
enum Stop {
    Problem(Problem),
    Disk(io::Error),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}
impl From<pepites_store::StoreError> for Stop {
    fn from(error: pepites_store::StoreError) -> Self {
        Self::Problem(error.into())
    }
}
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}
impl From<ZipError> for Stop {
    fn from(error: ZipError) -> Self {
        Self::Disk(error.into())
    }
}

fn unwritable(to: &Path, error: &io::Error) -> Problem {
    let file = to.display().to_string();
    if error.kind() == io::ErrorKind::StorageFull {
        return Problem::new(Code::DiskFull).with("path", file);
    }
    let detail = Phrase::new("problem.file_unwritable").with("file", file).with("detail", error.to_string());
    Problem { code: Code::FileUnreadable, detail }
}
