//! Gives the exit codes and what each means. They are promised in `--help`, in the manual and in the README.

use pepites_engine::contract::Code;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// What was asked was done.
    Done,
    /// Some of the numbers given were not in the library; the rest was done.
    InPart,
    /// The command line makes no sense.
    Usage,
    /// The file, address or number could not be used.
    Input,
    /// The library is busy, full, read-only, damaged or newer.
    Library,
    /// Nothing could be reached.
    Network,
    /// A fault of this program.
    Fault,
    /// Stopped by Ctrl-C or SIGTERM; what came is kept.
    Stopped,
}

impl Exit {
    /// The number that the shell sees.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::InPart => 1,
            Self::Usage => 2,
            Self::Input => 3,
            Self::Library => 4,
            Self::Network => 5,
            // EX_SOFTWARE of sysexits.h.
            Self::Fault => 70,
            // 128 + SIGINT, as shells count.
            Self::Stopped => 130,
        }
    }

    /// How a command ends that met this problem.
    pub(crate) fn of(code: Code) -> Self {
        match code {
            Code::LibraryBusy
            | Code::DiskFull
            | Code::LibraryReadOnly
            | Code::LibraryDamaged
            | Code::LibraryNewer
            | Code::RefreshRunning
            | Code::SearchRunning => Self::Library,
            Code::Missing
            | Code::FileUnreadable
            | Code::FileEmpty
            | Code::FileUnknown
            | Code::FileTooLarge
            | Code::AddressUnknown
            | Code::NothingFound
            | Code::NoFullText
            | Code::NoKeychain
            | Code::SignIn
            | Code::NoBrowser => Self::Input,
            Code::NoAnswer => Self::Network,
            Code::BadInput => Self::Usage,
            Code::Stopped => Self::Stopped,
            Code::Fault => Self::Fault,
        }
    }
}
