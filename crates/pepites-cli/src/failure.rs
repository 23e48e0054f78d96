//! Takes a problem, gives its sentence, its remedy and its exit code.

use std::io;

use pepites_core::model::{Phrase, Value};
use pepites_engine::{
    catalogue::Language,
    contract::{Code, Problem},
};
use serde_json::json;

use crate::{clean, exit::Exit};

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A problem to tell.
    Problem {
        /// The problem.
        problem: Problem,
        /// How the command ends.
        exit: Exit,
    },
    /// The output is closed (`| head`) or cannot be written.
    Output(io::Error),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem { exit: Exit::of(problem.code), problem }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    /// A problem of the terminal's own.
    pub(crate) fn new(code: Code, detail: Phrase) -> Self {
        Problem { code, detail }.into()
    }

    /// The same, ending otherwise than its code says.
    pub(crate) fn ending(code: Code, detail: Phrase, exit: Exit) -> Self {
        Self::Problem { problem: Problem { code, detail }, exit }
    }

    /// A fault of ours: something that the machine always has is not there.
    pub(crate) fn fault(detail: impl std::fmt::Display) -> Self {
        Self::new(Code::Fault, Phrase::new("problem.fault").with("detail", detail.to_string()))
    }
}

/// The name of a code, as it stands in JSON and in the catalogue.
fn name(code: Code) -> String {
    serde_json::to_value(code).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The sentence of a problem: its own where the catalogue has it, for its noun before all, else that of its code.
pub(crate) fn sentence(problem: &Problem, language: Language) -> String {
    let own = &problem.detail.key;
    let mut keys = vec![own.clone(), format!("problem.{}", name(problem.code))];
    if let Some(Value::Text(noun)) = problem.detail.values.get("noun") {
        keys.insert(0, format!("{own}.{noun}"));
    }
    let phrase = keys
        .into_iter()
        .map(|key| Phrase { key, values: problem.detail.values.clone() })
        .find(|phrase| language.knows(phrase))
        .unwrap_or_else(|| problem.detail.clone());
    let said = clean::line(&language.say(&phrase));
    // A detail that ends its own sentence ("denied.") must not end ours twice.
    match said.strip_suffix("..") {
        Some(rest) if !rest.ends_with('.') => format!("{rest}."),
        _ => said,
    }
}

/// What to do about a problem, in the terminal's words where they differ from the window's.
pub(crate) fn remedy(problem: &Problem, language: Language) -> Option<String> {
    // What is said of a source as well as of an address that was typed.
    let of_source = Phrase { key: format!("cli.remedy.{}", problem.detail.key), values: problem.detail.values.clone() };
    if language.knows(&of_source) {
        return Some(clean::line(&language.say(&of_source)));
    }
    // A phrase of its own has a remedy of its own, that of its family, or none: that of its code would answer another
    // question.
    let name = if language.knows(&problem.detail) {
        problem.detail.key.strip_prefix("problem.")?.split('.').next()?.to_owned()
    } else {
        name(problem.code)
    };
    let noun = match problem.detail.values.get("noun") {
        Some(Value::Text(noun)) => noun.as_str(),
        _ => "",
    };
    let own = problem.detail.key.strip_prefix("problem.").unwrap_or(&name);
    let named = [format!("cli.remedy.{name}.{noun}")];
    let told = [own, &name].map(|name| [format!("cli.remedy.{name}"), format!("problem.{name}.remedy")]);
    named
        .into_iter()
        .chain(told.into_iter().flatten())
        .map(|key| Phrase { key, values: problem.detail.values.clone() })
        .find(|phrase| language.knows(phrase))
        .map(|phrase| clean::line(&language.say(&phrase)))
}

/// What the system says about a file, in the reader's language where it is one of the usual things.
pub(crate) fn system(error: &io::Error, language: Language) -> String {
    let key = match error.kind() {
        io::ErrorKind::NotFound => "cli.system.not_found",
        io::ErrorKind::PermissionDenied => "cli.system.denied",
        io::ErrorKind::IsADirectory => "cli.system.folder",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "cli.system.full",
        io::ErrorKind::NotADirectory => "cli.system.no_folder",
        io::ErrorKind::ReadOnlyFilesystem => "cli.system.read_only",
        io::ErrorKind::FileTooLarge => "cli.system.too_large",
        io::ErrorKind::AlreadyExists => "cli.system.exists",
        io::ErrorKind::AddrInUse => "cli.system.port_taken",
        io::ErrorKind::AddrNotAvailable => "cli.system.no_address",
        io::ErrorKind::InvalidFilename => "cli.system.bad_name",
        _ => {
            // A number can be looked up; the system's own sentence would be in one language only.
            let number = error.raw_os_error().map_or_else(|| format!("{:?}", error.kind()), |code| code.to_string());
            return language.say(&Phrase::new("cli.system.error").with("number", number));
        }
    };
    language.text(key)
}

/// What is written to the error output, with its line ends.
pub(crate) fn tell(problem: &Problem, language: Language, as_json: bool) -> String {
    let (sentence, remedy) = (sentence(problem, language), remedy(problem, language));
    if as_json {
        let told = json!({ "problem": {
            "code": problem.code,
            "detail": problem.detail,
            "sentence": sentence,
            "remedy": remedy,
        }});
        return format!("{}\n", clean::json(&told.to_string()));
    }
    let mut text = format!("pepites: {sentence}\n");
    if let Some(remedy) = remedy {
        let told = Phrase::new("cli.what_to_do").with("remedy", remedy);
        text.push_str(&format!("         {}\n", language.say(&told)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(problem: Problem, english: &str, french: &str) {
        assert_eq!(tell(&problem, Language::English, false), english);
        assert_eq!(tell(&problem, Language::French, false), french);
    }

    fn problem(code: Code, detail: Phrase) -> Problem {
        Problem { code, detail }
    }

    #[test]
    fn a_problem_is_one_sentence_and_one_remedy_in_the_reader_s_language() {
        check(
            problem(Code::LibraryBusy, Phrase::new("problem.library_busy").with("count", 10_u32)),
            "pepites: Another program has been writing to the library for 10 seconds.\n         What to do: Try again in a moment, or wait longer with --wait SECONDS; nothing was changed.\n",
            "pepites: Un autre programme écrit dans la bibliothèque depuis 10 secondes.\n         Que faire\u{a0}: Réessayez dans un instant, ou attendez plus longtemps avec --wait SECONDES\u{a0}; rien n’a été changé.\n",
        );
    }

    #[test]
    fn what_is_missing_is_named_by_its_noun() {
        check(
            problem(Code::Missing, Phrase::new("problem.missing").with("noun", "post").with("id", "99")),
            "pepites: There is no post 99 in this library.\n         What to do: pepites today, search and sources show the numbers.\n",
            "pepites: Il n’y a pas de billet 99 dans cette bibliothèque.\n         Que faire\u{a0}: pepites today, search et sources montrent les numéros.\n",
        );
    }

    #[test]
    fn a_key_that_the_catalogue_lacks_falls_back_on_the_code() {
        check(
            problem(Code::DiskFull, Phrase::new("no.such.key").with("path", "../..")),
            "pepites: There is no room left on the disk of ../... Nothing was lost.\n         What to do: Make room on the disk and try again.\n",
            "pepites: Il n’y a plus de place sur le disque de ../... Rien n’est perdu.\n         Que faire\u{a0}: Faites de la place sur le disque, puis réessayez.\n",
        );
    }

    #[test]
    fn a_phrase_of_its_own_does_not_borrow_the_remedy_of_its_code() {
        check(
            problem(Code::BadInput, Phrase::new("problem.file_exists").with("file", "a.opml")),
            "pepites: a.opml is there already and was left as it is.\n         What to do: Give --force to replace it.\n",
            "pepites: a.opml existe déjà et a été laissé tel quel.\n         Que faire\u{a0}: Donnez --force pour le remplacer.\n",
        );
        let silent = problem(
            Code::FileUnreadable,
            Phrase::new("problem.file_unwritable").with("file", "x").with("detail", "no."),
        );
        assert_eq!(tell(&silent, Language::English, false), "pepites: x cannot be written: no.\n");
    }

    #[test]
    fn what_to_do_about_a_file_is_said_once() {
        let wrong = |key: &str| problem(Code::FileUnknown, Phrase::new(key).with("file", "x/a.opml"));
        check(
            wrong("problem.file_unknown.zip"),
            "pepites: x/a.opml is a zip archive.\n         What to do: Unpack it, then import the OPML or CSV file that was in it.\n",
            "pepites: x/a.opml est une archive zip.\n         Que faire\u{a0}: Décompressez-la, puis importez le fichier OPML ou CSV qu’elle contient.\n",
        );
        check(
            wrong("problem.file_unknown.image"),
            "pepites: x/a.opml is a picture.\n         What to do: Import OPML, a CSV with a column of addresses, Mastodon’s following_accounts.csv, or a list with one address a line.\n",
            "pepites: x/a.opml est une image.\n         Que faire\u{a0}: Importez un OPML, un CSV avec une colonne d’adresses, le fichier following_accounts.csv de Mastodon, ou une liste d’une adresse par ligne.\n",
        );
    }

    #[test]
    fn a_damaged_library_says_where_the_last_copy_is_or_that_there_is_none() {
        let damaged = problem(
            Code::LibraryDamaged,
            Phrase::new("problem.library_damaged.cut_off")
                .with("path", "/l/library.db")
                .with("detail", "it is cut off"),
        );
        let copied = damaged.clone().with("noun", "copy").with("copy", "/l/library.before-0002.db");
        check(
            copied,
            "pepites: The library /l/library.db is damaged: its end is missing.\n         What to do: The file was left as it is. The last copy is /l/library.before-0002.db: move the damaged file elsewhere and keep it, then copy the copy to /l/library.db.\n",
            "pepites: La bibliothèque /l/library.db est abîmée\u{a0}: il lui manque la fin.\n         Que faire\u{a0}: Le fichier a été laissé tel quel. La dernière copie est /l/library.before-0002.db\u{a0}: déplacez le fichier abîmé et gardez-le, puis copiez la copie vers /l/library.db.\n",
        );
        assert!(tell(&damaged, Language::English, false).contains("there is no copy beside it"));
    }

    #[test]
    fn what_the_system_refuses_is_told_in_the_reader_s_language() {
        let told = |kind: io::ErrorKind| system(&kind.into(), Language::French);
        assert_eq!(told(io::ErrorKind::ReadOnlyFilesystem), "le disque est en lecture seule");
        assert_eq!(told(io::ErrorKind::QuotaExceeded), "il n’y a plus de place sur le disque");
        assert_eq!(system(&io::Error::from_raw_os_error(5), Language::French), "le système le refuse (erreur 5)");
        assert_eq!(told(io::ErrorKind::Other), "le système le refuse (erreur Other)");
    }

    #[test]
    fn hostile_values_are_harmless_in_text_and_exact_in_json() {
        let hostile = problem(
            Code::AddressUnknown,
            Phrase::new("problem.address_unknown").with("input", "a\u{1b}[2J\u{9b}1m\u{202e}b"),
        );
        let text = tell(&hostile, Language::English, false);
        assert!(text.starts_with("pepites: “a[2J1mb” is not an address"), "{text:?}");
        let told = tell(&hostile, Language::English, true);
        assert!(!told.chars().any(|c| c != '\n' && clean::is_hostile(c)), "{told:?}");
        let value: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!(value["problem"]["code"], "address_unknown");
        assert_eq!(value["problem"]["detail"]["values"]["input"], "a\u{1b}[2J\u{9b}1m\u{202e}b");
    }
}
