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
mod customs;
mod expanse;
mod families;
mod geography;
mod kinds;
mod layout;
mod offices;
mod people;
mod planned;
mod profile;
mod readme;
mod records;
mod registers;
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

use crate::domain::{Month, Stage};

use chance::{Chance, Purpose};
use circumstances::Calendar;
use customs::Customs;
use geography::SeatStreets;
use profile::{Sizes, Source};
use staffing::StaffTotal;

/// Makes a district of a profile. The seed chooses among the districts that fit it; the profile
/// `tiny` is the same for every seed.
pub fn generate(profile: &Profile, seed: u64) -> SyntheticDistrict {
    match profile.source {
        Source::Handmade => tiny::build(profile),
        Source::Planned(planned) => {
            let unstaffed = planned.unstaffed(&mut Chance::new(seed, Purpose::Schools));
            let mut district = staffed(profile, seed, unstaffed);
            planned.change(&mut district);
            district.outlook = planned.outlook();
            district
        }
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

/// A district before it has people: schools to be staffed, and with what.
struct Unstaffed {
    units: Vec<UnitRecord>,
    /// With the classes that the staff was fitted to.
    schools: Vec<SchoolRecord>,
    /// The classes of the planned year by school, where they are others.
    planned_classes: Option<Vec<Vec<ClassRecord>>>,
    staff: Vec<StaffTotal>,
    /// Where those live who serve outside and live in a seat.
    seat_streets: SeatStreets,
    programmes: &'static [&'static str],
    customs: Customs,
    targets: Vec<Target>,
}

fn fitted(profile: &Profile, seed: u64, sizes: &Sizes) -> SyntheticDistrict {
    let stream = |purpose| Chance::new(seed, purpose);
    let towns = geography::towns(sizes.towns, &sizes.layout, &mut stream(Purpose::Geography));
    let (units, schools) = schools::build(sizes, &towns, &mut stream(Purpose::Schools));
    let unstaffed = Unstaffed {
        units,
        schools,
        planned_classes: None,
        staff: vec![
            (Stage::Primary, Some(false), sizes.primary.teachers),
            (Stage::Junior, Some(false), sizes.junior.teachers),
            (Stage::Junior, Some(true), sizes.complete.teachers),
            (Stage::Senior, Some(true), sizes.senior.teachers),
            (Stage::Vocational, Some(false), sizes.vocational.teachers),
        ],
        seat_streets: geography::seat_streets(&towns),
        programmes: &curriculum::PROGRAMMES,
        customs: customs::COUNTY,
        targets: targets(sizes),
    };
    staffed(profile, seed, unstaffed)
}

/// The streams of chance that several steps draw from.
struct Streams {
    seed: u64,
    persons: Chance,
    happenings: Chance,
}

/// Fills the schools with people.
fn staffed(profile: &Profile, seed: u64, unstaffed: Unstaffed) -> SyntheticDistrict {
    let calendar = Calendar {
        data: Month::parse(profile.data_date).expect("profiles date their data"),
        year_begin: profile.year_begin,
    };
    let mut streams = Streams {
        seed,
        persons: Chance::new(seed, Purpose::People),
        happenings: Chance::new(seed, Purpose::Circumstances),
    };
    let (posts, mut teachers) = people_of(&unstaffed, calendar, &mut streams);
    careers(&mut teachers, &unstaffed, calendar, &mut streams);
    let Unstaffed {
        mut units,
        mut schools,
        ..
    } = unstaffed;
    let published = unstaffed.customs.establishment;
    staffing::set_establishment(&mut units, published, &schools, &posts, &teachers);
    let planned = unstaffed.planned_classes.into_iter().flatten();
    for (school, classes) in schools.iter_mut().zip(planned) {
        school.classes = classes;
    }
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
        outlook: None,
        targets: unstaffed.targets,
    };
    let mut wishes = Chance::new(seed, Purpose::Wishes);
    wishes::fill(&mut district, &unstaffed.customs, &mut wishes);
    registers::fill(&mut district, &unstaffed.customs);
    district
}

/// Posts, and who holds them: subject, age, name, degree.
fn people_of(
    unstaffed: &Unstaffed,
    calendar: Calendar,
    streams: &mut Streams,
) -> (Vec<staffing::Post>, Vec<TeacherRecord>) {
    let (schools, customs) = (&unstaffed.schools, &unstaffed.customs);
    let mut staffing = Chance::new(streams.seed, Purpose::Staffing);
    let posts = staffing::posts(&unstaffed.staff, schools, customs, &mut staffing);
    let mut teachers = staffing::people(schools, &posts, customs, calendar.data, &mut staffing);
    people::describe(
        &mut teachers,
        schools,
        customs,
        calendar.data,
        calendar.year_begin,
        &mut streams.persons,
    );
    let happenings = &mut streams.happenings;
    if customs.hired_carers_percent > 0 {
        let classes: Vec<&[ClassRecord]> = match &unstaffed.planned_classes {
            Some(planned) => planned.iter().map(Vec::as_slice).collect(),
            None => schools.iter().map(|row| row.classes.as_slice()).collect(),
        };
        let percent = customs.hired_carers_percent;
        planned::add_hired_carers(&mut teachers, &classes, percent, calendar, happenings);
    }
    circumstances::add_temporaries(&mut teachers, schools, calendar, happenings);
    people::tell_apart(&mut teachers, &mut streams.persons);
    (posts, teachers)
}

/// Exchanges, leave, offices, titles, lessons, certificates, families.
fn careers(
    teachers: &mut [TeacherRecord],
    unstaffed: &Unstaffed,
    calendar: Calendar,
    streams: &mut Streams,
) {
    let (schools, customs) = (&unstaffed.schools, &unstaffed.customs);
    let happenings = &mut streams.happenings;
    circumstances::set_exchanges(teachers, schools, customs, calendar, happenings);
    circumstances::set_absences(teachers, calendar, happenings);
    let mut offices = Chance::new(streams.seed, Purpose::Offices);
    offices::set_offices(teachers, schools, calendar.data, &mut offices);
    offices::set_backbone(teachers, schools, customs, calendar.data, &mut offices);
    offices::set_class_teachers(teachers, schools, calendar.data, &mut offices);
    people::set_titles(teachers, customs, calendar.data, &mut streams.persons);
    timetable::fill(teachers, schools, calendar.data);
    let mut certificates = Chance::new(streams.seed, Purpose::Certificates);
    certificates::set_certificates(teachers, schools, customs, &mut certificates);
    families::set_families(
        teachers,
        schools,
        &unstaffed.seat_streets,
        calendar,
        happenings,
    );
    let programmes = unstaffed.programmes;
    circumstances::set_dual_qualified(teachers, programmes, customs, calendar, happenings);
    circumstances::set_remarks(teachers);
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
