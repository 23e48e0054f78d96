//! Takes the types of the contract, gives them as one TypeScript module: each once, in the order of their names.

use std::collections::BTreeSet;

use ts_rs::{Config, TS, TypeVisitor};

/// The declarations of some types and of all that they are made of, by name.
pub(crate) struct Declarations {
    config: Config,
    /// By name. Two types of one name both stand there, which TypeScript refuses.
    by_name: BTreeSet<(String, String)>,
}

impl Declarations {
    pub(crate) fn new() -> Self {
        Self { config: Config::new(), by_name: BTreeSet::new() }
    }

    /// How a type is written where it is used; declares it and its parts.
    pub(crate) fn name<T: TS + 'static>(&mut self) -> String {
        self.visit::<T>();
        T::name(&self.config)
    }

    /// Every declaration.
    pub(crate) fn write(&self) -> String {
        self.by_name.iter().map(|(_, declaration)| format!("\n{declaration}\n")).collect()
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only types of ours have a path; strings, lists and numbers have not.
        if T::output_path().is_some() {
            let name = T::ident(&self.config);
            let docs = T::docs().unwrap_or_default();
            if !self.by_name.insert((name, format!("{docs}export {}", T::decl(&self.config)))) {
                return;
            }
        }
        T::visit_generics(self);
        T::visit_dependencies(self);
    }
}
