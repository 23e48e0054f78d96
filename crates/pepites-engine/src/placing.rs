//! Takes where the reader is in a story, keeps it, gives what is kept. Never what makes no sense: it comes from a page.

use pepites_store::{ReadingPlace, Spot};

use crate::{
    Engine,
    contract::{PlaceView, Problem, SpotView},
};

impl Engine {
    /// Where the reader is in the stories that they began, the latest last.
    pub fn places(&self) -> Result<Vec<PlaceView>, Problem> {
        let view = |place: ReadingPlace| PlaceView {
            post: place.post,
            share: place.share,
            spot: place.spot.map(|Spot { block, part, of }| SpotView { block, part, of }),
        };
        Ok(self.store.reading_places()?.into_iter().map(view).collect())
    }

    /// Keeps a place. Its beginning and its end need no remembering: there it is forgotten.
    pub fn keep_place(&self, place: &PlaceView) -> Result<(), Problem> {
        if !(place.share > 0.0 && place.share < 1.0) {
            return Ok(self.store.drop_reading_place(place.post)?);
        }
        let fits = |spot: &SpotView| spot.block < spot.of && (0.0..=1.0).contains(&spot.part);
        let spot = place.spot.filter(fits).map(|SpotView { block, part, of }| Spot { block, part, of });
        Ok(self.store.keep_reading_place(ReadingPlace { post: place.post, share: place.share, spot }, self.now())?)
    }

    /// Forgets every place. Cannot be undone.
    pub fn erase_places(&self) -> Result<(), Problem> {
        Ok(self.store.erase_reading_places()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Library;

    #[test]
    fn a_place_in_the_middle_is_kept_and_what_makes_no_sense_is_not() {
        let library = Library::new();
        let ana = library.follow("ana");
        library.bring_many(ana, "ana", 1);
        let post = library.posts(ana)[0];
        let spot = Some(SpotView { block: 2, part: 0.5, of: 4 });
        let keep = |share, spot| {
            library.engine.keep_place(&PlaceView { post, share, spot }).unwrap();
            library.engine.places().unwrap().first().copied()
        };
        assert_eq!(keep(0.5, spot), Some(PlaceView { post, share: 0.5, spot }));
        for odd in [(4, 0.5, 4), (1, 1.5, 4), (1, f64::NAN, 4)] {
            let spot = Some(SpotView { block: odd.0, part: odd.1, of: odd.2 });
            assert_eq!(keep(0.5, spot), Some(PlaceView { post, share: 0.5, spot: None }));
        }
        for nowhere in [0.0, 1.0, -1.0, f64::NAN] {
            keep(0.5, spot);
            assert_eq!(keep(nowhere, spot), None);
        }
        keep(0.5, spot);
        library.engine.erase_places().unwrap();
        assert_eq!(library.engine.places().unwrap(), []);
    }
}
