//! Takes why nothing was found at an address, gives the problem that says it to who typed it. Never shows a password.

use pepites_core::{interchange, model::Phrase, text::secret::masked_typed};

use crate::{
    contract::{Code, Problem},
    net::{NetError, ruled::SWITCHED_OFF},
    refresh::verdict::Why,
};

/// What a network says of an account that shows nothing.
const ABOUT_ACCOUNTS: &[&str] = &["trouble.suspended", "trouble.members_only", "trouble.moved"];

/// Not an address, or one of a scheme that is never followed, by its name.
pub(crate) fn unknown(typed: &str) -> Problem {
    let problem = match interchange::refused_scheme(typed) {
        Some(scheme) => {
            let detail = Phrase::new("problem.address_unknown.scheme").with("scheme", scheme);
            Problem { code: Code::AddressUnknown, detail }
        }
        None => Problem::new(Code::AddressUnknown),
    };
    problem.with("input", masked_typed(typed).into_owned())
}

/// What the resolver says of a name that nobody has, as against a network that is not there.
pub(crate) const NO_SUCH_NAME: &str = "no records found";

/// What it says when a server of names answers that it cannot tell: that of a router, when the line is down; or that of
/// the wide world, about this one name.
const NO_TELLING: &str = "error response";

/// Nothing to follow, or no answer: as a problem that names what was typed.
pub(crate) fn nothing(why: &Why, typed: &str) -> Problem {
    let typed = &*masked_typed(typed);
    let found_nothing = |key: &str| Problem { code: Code::NothingFound, detail: Phrase::new(key) }.with("input", typed);
    let key = match why {
        Why::Net(NetError::Offline(detail)) if detail.contains(NO_SUCH_NAME) => "problem.no_answer.unknown_host",
        Why::Net(NetError::Offline(detail)) if detail.contains(NO_TELLING) => "problem.no_answer.no_telling",
        Why::Net(NetError::Offline(detail)) if detail == SWITCHED_OFF => "problem.no_answer.switched_off",
        Why::Net(NetError::Offline(_)) => "problem.no_answer.offline",
        Why::Net(NetError::Slow(_)) => "problem.no_answer.slow",
        Why::Net(NetError::Insecure(_)) => "problem.no_answer.insecure",
        Why::Net(NetError::Held { .. }) | Why::Status(429 | 503) => "problem.no_answer.busy",
        Why::Net(NetError::Forbidden(_)) => "problem.no_answer.forbidden",
        Why::Net(NetError::Unreachable(_) | NetError::Refused(_)) => "problem.no_answer.unreachable",
        Why::Net(NetError::Broken(_)) => Code::NoAnswer.key(),
        // What a network says of one account answers better than "nothing".
        Why::Unreadable(why) if ABOUT_ACCOUNTS.contains(&why.key.as_str()) => {
            return Problem { code: Code::NothingFound, detail: why.clone() };
        }
        Why::SignedOut => {
            return Problem { code: Code::SignIn, detail: Phrase::new("problem.sign_in.needed") };
        }
        Why::Status(401) => "problem.no_answer.login",
        Why::Status(403) => "problem.no_answer.refused",
        Why::Status(500..=599) => "problem.no_answer.server",
        Why::Fault => return Problem::fault(format!("reading {typed}")),
        Why::Status(404) => return found_nothing("problem.nothing_found.not_found"),
        Why::Status(410) => return found_nothing("problem.nothing_found.gone"),
        Why::Status(status) => {
            return found_nothing("problem.nothing_found.status").with("status", status.to_string());
        }
        // What the kind says of it: a page without a feed, an empty answer, a profile that is not there.
        // And what its API answers when it was asked a second thing.
        Why::Unreadable(why) if why.key == "trouble.server" => "problem.no_answer.server",
        Why::Unreadable(why) if why.key == "trouble.too_many" => "problem.no_answer.busy",
        Why::Unreadable(why) if why.key == "trouble.login" => "problem.no_answer.login",
        Why::Unreadable(why) if why.key == "trouble.forbidden" => "problem.no_answer.refused",
        Why::Unreadable(why) if why.key == "trouble.not_understood" => Code::NoAnswer.key(),
        Why::Unreadable(why) => {
            return match why.key.as_str() {
                "trouble.no_feed" => found_nothing("problem.nothing_found.no_feed"),
                "trouble.not_a_feed" => found_nothing("problem.nothing_found.not_a_feed"),
                "trouble.empty" => found_nothing("problem.nothing_found.empty"),
                "trouble.not_found" => found_nothing("problem.nothing_found.not_found"),
                _ => found_nothing(Code::NothingFound.key()),
            };
        }
        Why::Keychain => return Problem { code: Code::NoKeychain, detail: Phrase::new("trouble.keychain") },
        Why::UnknownKind => return found_nothing(Code::NothingFound.key()),
    };
    Problem { code: Code::NoAnswer, detail: Phrase::new(key) }.with("input", typed)
}

/// The same problem for who gave a login: it is not the right one.
pub(crate) fn refused(problem: Problem) -> Problem {
    if problem.detail.key != "problem.no_answer.login" {
        return problem;
    }
    let detail = Phrase { key: "problem.no_answer.login_refused".to_owned(), ..problem.detail };
    Problem { detail, ..problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_what_was_typed_and_why() {
        let offline = Why::Net(NetError::Offline(String::new()));
        let unknown_host = Why::Net(NetError::Offline("dns error: no records found for Query".to_owned()));
        let no_telling = Why::Net(NetError::Offline("error response: Server Failure".to_owned()));
        let cases = [
            (no_telling, Code::NoAnswer, "problem.no_answer.no_telling"),
            (offline, Code::NoAnswer, "problem.no_answer.offline"),
            (unknown_host, Code::NoAnswer, "problem.no_answer.unknown_host"),
            (Why::Net(NetError::Broken(String::new())), Code::NoAnswer, "problem.no_answer"),
            (Why::Net(NetError::Unreachable(String::new())), Code::NoAnswer, "problem.no_answer.unreachable"),
            (Why::Status(404), Code::NothingFound, "problem.nothing_found.not_found"),
            (Why::Status(410), Code::NothingFound, "problem.nothing_found.gone"),
            (Why::Status(418), Code::NothingFound, "problem.nothing_found.status"),
            (Why::Unreadable(Phrase::new("trouble.no_feed")), Code::NothingFound, "problem.nothing_found.no_feed"),
            (Why::Unreadable(Phrase::new("trouble.server")), Code::NoAnswer, "problem.no_answer.server"),
            (Why::Unreadable(Phrase::new("trouble.too_many")), Code::NoAnswer, "problem.no_answer.busy"),
            (Why::Unreadable(Phrase::new("trouble.not_understood")), Code::NoAnswer, "problem.no_answer"),
            (Why::Unreadable(Phrase::new("trouble.empty")), Code::NothingFound, "problem.nothing_found.empty"),
            (Why::Status(500), Code::NoAnswer, "problem.no_answer.server"),
            (Why::Unreadable(Phrase::new("x")), Code::NothingFound, "problem.nothing_found"),
        ];
        let catalogue = include_str!("../../../../ui/src/lib/i18n/en.json");
        assert_eq!(unknown("ftp://a.example").detail.values.get("scheme"), Some(&"ftp:".into()));
        assert!(catalogue.contains(&format!("\"{}\"", unknown("ftp://a.example").detail.key)));
        assert_eq!(unknown("two words").detail, Phrase::new("problem.address_unknown").with("input", "two words"));
        for (why, code, key) in cases {
            let problem = nothing(&why, "a.example");
            assert_eq!((problem.code, problem.detail.key.as_str()), (code, key));
            assert_eq!(problem.detail.values.get("input"), Some(&"a.example".into()));
            assert!(catalogue.contains(&format!("\"{key}\"")), "{key} has no sentence");
        }
    }
}
