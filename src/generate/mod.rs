//! Synthetic districts, fitted to published totals and correlated as the real world is.
//!
//! No real roster of teachers is public. What is public are totals, shares and a few coefficients;
//! the districts made here hit the totals exactly and the shares closely, and every person in them
//! is invented. The same profile and seed give the same bytes on every machine: only integers are
//! drawn, and each part of the work has a stream of chance of its own.

mod certificates;
mod chance;
mod circumstances;
mod curriculum;
mod expanse;
mod geography;
mod kinds;
mod layout;
mod offices;
mod people;
mod profile;
mod readme;
mod records;
mod schools;
mod staffing;
pub mod statistics;
mod timetable;
mod tiny;
mod totals;
mod wishes;
mod write;

pub use kinds::Kind;
pub use profile::Profile;
pub use records::{
    ClassRecord, DecidedRecord, ExchangeRecord, LockRecord, NeedRecord, SchoolRecord,
    SyntheticDistrict, Target, TeacherRecord, UnitRecord,
};
pub use totals::{Measure, Part};
pub use write::write;

use crate::domain::Month;

use chance::{Chance, Purpose};
use circumstances::Calendar;
use profile::{Sizes, Source};

/// Makes a district of a profile. The seed chooses among the districts that fit it; the profile
/// `tiny` is the same for every seed.
pub fn generate(profile: &Profile, seed: u64) -> SyntheticDistrict {
    match profile.source {
        Source::Handmade => tiny::build(profile),
        Source::Published(sizes) => fitted(profile, seed, &sizes),
        Source::Drawn(scale) => {
            let sizes = Sizes::drawn(&mut Chance::new(seed, Purpose::Sizes), scale);
            fitted(profile, seed, &sizes)
        }
    }
}

/// Makes a district of drawn sizes that is hard to plan in a way of its own; `None` where the sizes
/// of the profile are not drawn.
pub fn generate_of_kind(profile: &Profile, kind: Kind, seed: u64) -> Option<SyntheticDistrict> {
    let Source::Drawn(scale) = profile.source else {
        return None;
    };
    let sizes = Sizes::drawn(&mut Chance::new(seed, Purpose::Sizes), scale);
    let mut district = fitted(profile, seed, &kind.reshape(sizes));
    kind.alter(&mut district);
    Some(district)
}

impl SyntheticDistrict {
    /// The month of the data.
    pub fn data_month(&self) -> Month {
        Month::parse(&self.data_date).expect("profiles date their data")
    }
}

fn fitted(profile: &Profile, seed: u64, sizes: &Sizes) -> SyntheticDistrict {
    let stream = |purpose| Chance::new(seed, purpose);
    let calendar = Calendar {
        data: Month::parse(profile.data_date).expect("profiles date their data"),
        year_begin: profile.year_begin,
    };
    let towns = geography::towns(sizes.towns, &sizes.layout, &mut stream(Purpose::Geography));
    let (mut units, schools) = schools::build(sizes, &towns, &mut stream(Purpose::Schools));
    let mut staffing = stream(Purpose::Staffing);
    let posts = staffing::posts(sizes, &schools, &mut staffing);
    let mut teachers = staffing::people(&schools, &posts, calendar.data, &mut staffing);
    let mut persons = stream(Purpose::People);
    people::describe(
        &mut teachers,
        &schools,
        calendar.data,
        calendar.year_begin,
        &mut persons,
    );
    let mut happenings = stream(Purpose::Circumstances);
    circumstances::add_temporaries(&mut teachers, &schools, calendar, &mut happenings);
    people::tell_apart(&mut teachers, &mut persons);
    circumstances::set_exchanges(&mut teachers, &schools, calendar, &mut happenings);
    circumstances::set_absences(&mut teachers, calendar, &mut happenings);
    let mut offices = stream(Purpose::Offices);
    offices::set_offices(&mut teachers, &schools, calendar.data, &mut offices);
    offices::set_backbone(&mut teachers, &schools, calendar.data, &mut offices);
    offices::set_class_teachers(&mut teachers, &schools, calendar.data, &mut offices);
    people::set_titles(&mut teachers, calendar.data, &mut persons);
    timetable::fill(&mut teachers, &schools, calendar.data);
    certificates::set_certificates(&mut teachers, &schools, &mut stream(Purpose::Certificates));
    circumstances::set_families(&mut teachers, &schools, &towns, calendar, &mut happenings);
    circumstances::set_dual_qualified(&mut teachers, &curriculum::PROGRAMMES, &mut happenings);
    circumstances::set_remarks(&mut teachers);
    staffing::set_establishment(&mut units, &schools, &posts, &teachers);
    let mut district = SyntheticDistrict {
        profile: profile.name,
        kind: None,
        seed,
        name: profile.district.to_owned(),
        code: profile.code.to_owned(),
        year_begin: profile.year_begin,
        data_date: profile.data_date.to_owned(),
        units,
        schools,
        teachers,
        needs: Vec::new(),
        travel: Vec::new(),
        preferences: Vec::new(),
        nominations: Vec::new(),
        locks: Vec::new(),
        decided: Vec::new(),
        targets: targets(sizes),
    };
    wishes::fill(&mut district, &mut stream(Purpose::Wishes));
    district
}

fn targets(sizes: &Sizes) -> Vec<Target> {
    let parts = [
        (Part::Primary, sizes.primary),
        (Part::Junior, sizes.junior),
        (Part::Complete, sizes.complete),
    ];
    let mut targets = Vec::new();
    for (part, totals) in parts {
        let figures = [
            (Measure::Sites(part), totals.sites),
            (Measure::Classes(part), totals.classes),
            (Measure::Pupils(part), totals.pupils),
            (Measure::Teachers(part), totals.teachers),
        ];
        targets.extend(figures.map(|(measure, value)| Target { measure, value }));
    }
    let compulsory = sizes.primary.teachers + sizes.junior.teachers + sizes.complete.teachers;
    targets.push(Target {
        measure: Measure::AllTeachers,
        value: compulsory + sizes.senior.teachers + sizes.vocational.teachers,
    });
    targets
}
