//! 走教: whole days of every week at schools besides one's own.

use super::district::District;
use super::month::Month;
use super::schooling::{SchoolIndex, TeacherIndex};

/// Days of a school week.
pub const WEEK: u8 = 5;

/// A school where somebody gives lessons on some days of every week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site {
    /// The school.
    pub school: SchoolIndex,
    /// Whole days a week, one at least.
    pub days: u8,
}

/// One or two schools besides the own one, whole days each; on the other days of the week the
/// person is at home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Itinerary {
    first: Site,
    second: Option<Site>,
}

impl Itinerary {
    /// Schools besides the own one, at most.
    pub const SITES: usize = 2;

    /// An itinerary of these sites, in whatever order. `None` where there is no site or more than
    /// [`Self::SITES`], one without a day, one that stands twice, or more days than a week has.
    pub fn new(sites: &[Site]) -> Option<Self> {
        let days: u32 = sites.iter().map(|site| u32::from(site.days)).sum();
        let fits = days <= u32::from(WEEK) && sites.iter().all(|site| site.days > 0);
        let (first, second) = match *sites {
            [only] => (only, None),
            [one, other] if one.school != other.school => (one.min(other), Some(one.max(other))),
            _ => return None,
        };
        fits.then_some(Self { first, second })
    }

    /// The schools besides the own one, in the order of the district's.
    pub fn sites(&self) -> impl Iterator<Item = Site> + use<> {
        [Some(self.first), self.second].into_iter().flatten()
    }

    /// `S3 2天、S7 1天`: codes of the schools and whole days a week.
    pub fn printed(&self, district: &District) -> String {
        let code = |site: Site| format!("{} {}天", district.school(site.school).code, site.days);
        self.sites().map(code).collect::<Vec<_>>().join("、")
    }

    /// Reads what [`Self::printed`] writes, or a hand: `None` where a school is not known, days are
    /// no number, or no itinerary has such sites.
    pub fn read(text: &str, district: &District) -> Option<Self> {
        let site = |part: &str| {
            let part = part.trim();
            let part = part.strip_suffix('天').unwrap_or(part).trim_end();
            let (code, days) = part.rsplit_once([' ', '　'])?;
            Some(Site {
                school: district.school_coded(code.trim())?,
                days: days.parse().ok()?,
            })
        };
        let parts = text.split(['、', '；', ';', '，', ',']);
        let sites: Option<Vec<Site>> = parts.map(site).collect();
        Self::new(&sites?)
    }

    /// Days a week at these schools.
    pub fn days_away(&self) -> u8 {
        self.sites().map(|site| site.days).sum()
    }

    /// Days a week at home.
    pub fn days_home(&self) -> u8 {
        WEEK - self.days_away()
    }

    /// Days a week at a school besides the own one.
    pub fn days_at(&self, school: SchoolIndex) -> u8 {
        let here = self.sites().filter(|site| site.school == school);
        here.map(|site| site.days).sum()
    }
}

/// A week of 走教 that was settled before the plan (input `itinerant`): it runs from an earlier year,
/// or begins by decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItinerantWeek {
    /// Whose week.
    pub teacher: TeacherIndex,
    /// The school of each day from Monday on; the own one on days at home.
    pub days: [SchoolIndex; WEEK as usize],
    /// First month, where given.
    pub start: Option<Month>,
    /// First month in which it no longer holds; `None` where the office does not say.
    pub end: Option<Month>,
}

impl ItinerantWeek {
    /// The schools besides the own one that go on, with their days; `None` where there is none, or
    /// more than an itinerary may have.
    pub fn itinerary(
        &self,
        home: SchoolIndex,
        goes_on: impl Fn(SchoolIndex) -> bool,
    ) -> Option<Itinerary> {
        let mut sites: Vec<Site> = Vec::new();
        for &school in &self.days {
            if school == home || !goes_on(school) {
                continue;
            }
            match sites.iter_mut().find(|site| site.school == school) {
                Some(site) => site.days += 1,
                None => sites.push(Site { school, days: 1 }),
            }
        }
        Itinerary::new(&sites)
    }

    /// Whether it holds when a year begins: one that ends by then does not, nor one that begins later.
    pub fn holds(&self, year_begin: Month) -> bool {
        self.start.is_none_or(|start| start <= year_begin)
            && self.end.is_none_or(|end| end > year_begin)
    }

    /// Whether it begins with the year: it was decided, and does not run yet.
    pub fn begins(&self, year_begin: Month) -> bool {
        self.start == Some(year_begin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn itinerary(sites: &[(u32, u8)]) -> Option<Itinerary> {
        let sites: Vec<Site> = sites
            .iter()
            .map(|&(school, days)| Site {
                school: SchoolIndex(school),
                days,
            })
            .collect();
        Itinerary::new(&sites)
    }

    #[test]
    fn whole_days_of_one_week() {
        let both = itinerary(&[(7, 1), (3, 2)]).unwrap();
        assert_eq!(Some(both), itinerary(&[(3, 2), (7, 1)]));
        assert_eq!((both.days_away(), both.days_home()), (3, 2));
        assert_eq!(both.days_at(SchoolIndex(3)), 2);
        assert_eq!(both.days_at(SchoolIndex(4)), 0);
        for refused in [
            &[][..],
            &[(1, 0)],
            &[(1, 6)],
            &[(1, 255), (2, 255)],
            &[(1, 1), (1, 2)],
            &[(1, 3), (2, 3)],
            &[(1, 1), (2, 1), (3, 1)],
        ] {
            assert_eq!(itinerary(refused), None, "{refused:?}");
        }
    }
}
