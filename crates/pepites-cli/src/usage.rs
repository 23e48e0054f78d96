//! Takes clap's refusal of a command line, gives our own sentence and usage in the reader's language: clap speaks
//! English only.

use clap::{
    Command,
    error::{ContextKind, ContextValue, ErrorKind},
};
use pepites_core::model::Phrase;
use pepites_engine::{
    catalogue::Language,
    contract::{Code, Problem},
};

use crate::{clean, failure};

/// What is written to the error output for a command line that makes no sense.
pub(crate) fn tell(
    error: &clap::Error,
    tree: &mut Command,
    words: &[String],
    language: Language,
    as_json: bool,
) -> String {
    let problem = Problem { code: Code::BadInput, detail: phrase(error) };
    if as_json {
        return failure::tell(&problem, language, true);
    }
    let mut text = format!("pepites: {}", clean::line(&language.say(&problem.detail)));
    let suggestion = suggestion(error);
    if !suggestion.is_empty() {
        let phrase = Phrase::new("usage.suggestion").with("suggestion", suggestion);
        text.push_str(&format!(" {}", language.say(&phrase)));
    }
    if let Some(values) = context(error, ContextKind::ValidValue).filter(|values| !values.is_empty()) {
        text.push_str(&format!(" {}", language.say(&Phrase::new("usage.possible").with("values", values))));
    }
    let (usage, path) = usage(tree, words);
    let help = Phrase::new("usage.see_help").with("command", format!("{path} --help"));
    text.push_str(&format!("\n\n{} {usage}\n{}\n", language.text("usage.usage"), language.say(&help)));
    text
}

fn phrase(error: &clap::Error) -> Phrase {
    let argument = |kind| context(error, kind).unwrap_or_default();
    let about = || argument(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => Phrase::new("usage.unknown_argument").with("argument", about()),
        ErrorKind::InvalidSubcommand => {
            Phrase::new("usage.unknown_command").with("argument", argument(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match argument(ContextKind::InvalidValue) {
            value if value.is_empty() => Phrase::new("usage.no_value").with("argument", about()),
            value => Phrase::new("usage.invalid_value").with("argument", about()).with("value", value),
        },
        ErrorKind::MissingRequiredArgument => Phrase::new("usage.missing").with("argument", about()),
        ErrorKind::ArgumentConflict => {
            Phrase::new("usage.conflict").with("argument", about()).with("others", argument(ContextKind::PriorArg))
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            Phrase::new("usage.too_many").with("argument", about())
        }
        ErrorKind::InvalidUtf8 => Phrase::new("usage.not_unicode"),
        _ => Phrase::new("usage.unclear"),
    }
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}

fn suggestion(error: &clap::Error) -> String {
    [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(|kind| context(error, kind))
        .unwrap_or_default()
}

/// The usage of the command that was meant, and its name with those before it.
fn usage(tree: &mut Command, words: &[String]) -> (String, String) {
    tree.build();
    let meant = words.iter().find(|word| tree.find_subcommand(word.as_str()).is_some());
    let command = match meant.and_then(|word| tree.find_subcommand_mut(word)) {
        Some(command) => command,
        None => tree,
    };
    let path = command.get_bin_name().unwrap_or("pepites").to_owned();
    let usage = command.render_usage().to_string();
    (usage.strip_prefix("Usage: ").unwrap_or(&usage).to_owned(), path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments;

    fn check(line: &str, language: Language, expected: &str) {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let mut tree = arguments::tree(language);
        let error = tree.clone().try_get_matches_from(&words).unwrap_err();
        assert_eq!(tell(&error, &mut tree, &words, language, false), expected, "{line}");
    }

    #[test]
    fn a_refusal_says_what_is_wrong_in_the_reader_s_language() {
        check(
            "pepites today --post 3",
            Language::English,
            "pepites: There is no option “--post” here. Did you mean --posts?\n\nUsage: pepites today [OPTIONS]\npepites today --help says more.\n",
        );
        check(
            "pepites today --post 3",
            Language::French,
            "pepites: Il n’y a pas d’option «\u{a0}--post\u{a0}» ici. Vouliez-vous dire --posts\u{a0}?\n\nUsage\u{a0}: pepites today [OPTIONS]\npepites today --help en dit plus.\n",
        );
        check(
            "pepites tody",
            Language::French,
            "pepites: Il n’y a pas de commande «\u{a0}tody\u{a0}». Vouliez-vous dire today\u{a0}?\n\nUsage\u{a0}: pepites [OPTIONS] <COMMANDE>\npepites --help en dit plus.\n",
        );
        check(
            "pepites today --posts many",
            Language::English,
            "pepites: “many” does not suit --posts <N>.\n\nUsage: pepites today [OPTIONS]\npepites today --help says more.\n",
        );
        check(
            "pepites import",
            Language::French,
            "pepites: Il manque quelque chose\u{a0}: <FICHIER>.\n\nUsage\u{a0}: pepites import [OPTIONS] <FICHIER>\npepites import --help en dit plus.\n",
        );
        check(
            "pepites today --more --again",
            Language::English,
            "pepites: --more and --again do not go together.\n\nUsage: pepites today [OPTIONS]\npepites today --help says more.\n",
        );
        check(
            "pepites --lang de today",
            Language::English,
            "pepites: “de” does not suit --lang <LANG>. It can be: fr, en.\n\nUsage: pepites today [OPTIONS]\npepites today --help says more.\n",
        );
        check(
            "pepites today --posts",
            Language::English,
            "pepites: --posts <N> lacks its value.\n\nUsage: pepites today [OPTIONS]\npepites today --help says more.\n",
        );
    }

    #[test]
    fn a_refusal_is_json_for_those_who_ask_for_json_and_harmless_for_all() {
        let words: Vec<String> = ["pepites", "x\u{1b}[2J\u{9b}", "--json"].map(str::to_owned).into();
        let mut tree = arguments::tree(Language::English);
        let error = tree.clone().try_get_matches_from(&words).unwrap_err();
        let told = tell(&error, &mut tree, &words, Language::English, true);
        let value: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!(value["problem"]["code"], "bad_input");
        assert_eq!(value["problem"]["sentence"], "There is no command “x[2J”.");
        let told = tell(&error, &mut tree, &words, Language::English, false);
        assert!(!told.chars().any(|c| c != '\n' && clean::is_hostile(c)), "{told:?}");
    }
}
