//! Takes the types of the contract, gives them as one TypeScript module: each once, in the order of their names.

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

/// The declarations of some types and of all that they are made of, by name.
pub(crate) struct Declarations {
    config: Config,
    by_name: BTreeMap<String, String>,
}

impl Declarations {
    pub(crate) fn new() -> Self {
        Self { config: Config::new(), by_name: BTreeMap::new() }
    }

    /// How a type is written where it is used; declares it and its parts.
    pub(crate) fn name<T: TS + 'static>(&mut self) -> String {
        self.visit::<T>();
        T::name(&self.config)
    }

    /// Every declaration.
    pub(crate) fn write(&self) -> String {
        self.by_name.values().map(|declaration| format!("\n{declaration}\n")).collect()
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only types of ours have a path; strings, lists and numbers have not.
        if T::output_path().is_some() {
            let name = T::ident(&self.config);
            if self.by_name.contains_key(&name) {
                return;
            }
            let docs = T::docs().unwrap_or_default();
            self.by_name.insert(name, format!("{docs}export {}", T::decl(&self.config)));
        }
        T::visit_generics(self);
        T::visit_dependencies(self);
    }
}
