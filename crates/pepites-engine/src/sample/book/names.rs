//! Gives the names of the address book: common ones, and made-up organisations. Nobody is meant.

#[rustfmt::skip]
pub(super) const GIVEN: &[&str] = &[
    "Léa", "Noé", "Anna", "Paul", "Inès", "Hugo", "Clara", "Louis", "Emma", "Jules", "Alice", "Tom", "Chloé", "Arthur", "Zoé", "Victor", "Nora",
    "Simon", "Eva", "Martin", "Lucie", "Oscar", "Rose", "Adam", "Iris", "Felix", "Ada", "Leo", "Maya", "Basile", "Olga", "Ivan", "Sven", "Greta",
    "Pablo", "Lucia", "Marco", "Giulia", "Erik", "Freya", "Owen",
];
#[rustfmt::skip]
pub(super) const FAMILY: &[&str] = &[
    "Marchand", "Lefort", "Garnier", "Bonnet", "Chevalier", "Fontaine", "Rousseau", "Lambert", "Perrin", "Morel", "Gauthier", "Dumont", "Lemaire",
    "Colin", "Brunet", "Aubert", "Caron", "Rivière", "Leroux", "Vidal", "Barbier", "Collet", "Prévost", "Poirier", "Baron", "Weber", "Fischer",
    "Wagner", "Becker", "Schubert", "Hartley", "Whitfield", "Ashworth", "Bradshaw", "Carlisle", "Dunmore", "Ellison", "Fairfax", "Granger",
    "Holloway", "Ibarra", "Jimenez", "Kowalski",
];
/// What each is called, and its host.
pub(super) const ORGANISATIONS: &[(&str, &str)] = &[
    ("Ateliers Courbet", "ateliers-courbet.example"),
    ("Northwind Optics", "northwind-optics.example"),
    ("Mairie de Valbrun", "valbrun.example"),
];
