//! The table of 走教: weeks that run or are decided.

use std::collections::BTreeMap;

use crate::domain::{
    Decided, DecidedKind, ItinerantWeek, Itinerary, Month, SchoolIndex, SchoolState, Stage, WEEK,
};

use super::codes::{
    FaultCode, ITINERANT_HOME, ITINERANT_NOWHERE, ITINERANT_ON_EXCHANGE, ITINERANT_OUTSIDE,
    ITINERANT_REVERSED, ITINERANT_SCHOOL_ENDS, ITINERANT_SCHOOLS, ITINERANT_SETTLED,
    ITINERANT_SUBJECT, ITINERANT_TWICE, STAGE_NOT_AT_SCHOOL,
};
use super::decisions::{Person, concerned, read_subject, report_repeat};
use super::gathering::Gathering;
use super::headers::Sheet;
use super::places::Found;
use super::rows::RowReader;
use super::schools::Schools;
use super::subjects::SubjectPool;
use super::teachers::{Draft, Teachers};

/// The columns of the days, Monday first.
pub(super) const DAYS: [&str; WEEK as usize] =
    ["monday", "tuesday", "wednesday", "thursday", "friday"];

/// What rows are held against.
pub(super) struct Reader<'a> {
    pub(super) teachers: &'a Teachers,
    pub(super) schools: &'a Schools,
    pub(super) decided: &'a [Decided],
    /// First month of the year, where it is known.
    pub(super) begin: Option<Month>,
}

impl Reader<'_> {
    /// Reads `itinerant`.
    pub(super) fn weeks(
        &self,
        sheet: &Sheet,
        subjects: &mut SubjectPool,
        gathering: &mut Gathering,
    ) -> Vec<ItinerantWeek> {
        let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
        let mut weeks = Vec::new();
        for row in sheet.rows.rows() {
            let mut reader = RowReader::new(sheet, row, gathering);
            let Some(who) = concerned(&mut reader, self.teachers, self.schools) else {
                continue;
            };
            weeks.extend(self.week(&mut reader, &who, subjects));
            if let Some(first) = seen.insert(who.index.0, row.number) {
                report_repeat(&mut reader, &ITINERANT_TWICE, "teacher", first);
            }
        }
        weeks
    }

    fn week(
        &self,
        reader: &mut RowReader<'_>,
        who: &Person<'_>,
        subjects: &mut SubjectPool,
    ) -> Option<ItinerantWeek> {
        let stage: Option<Stage> = reader.word("stage");
        let taught = stage.or_else(|| who.draft.map(|draft| draft.teacher.stage));
        let subject = taught.and_then(|stage| read_subject(reader, stage, subjects));
        let home = reader.school("home", &self.schools.school_directory);
        let places = DAYS.map(|day| {
            let school = reader.school(day, &self.schools.school_directory);
            school.map(|place| SchoolIndex(place as u32))
        });
        let (start, end) = (reader.month("start"), reader.month("end"));
        if start.zip(end).is_some_and(|(start, end)| end <= start) {
            reader.report(&ITINERANT_REVERSED, "end");
        }
        let draft = who.draft?;
        let own = draft.teacher.school;
        if home.is_some_and(|home| home != own.position()) {
            reader.report(&ITINERANT_HOME, "home");
        }
        if stage.is_some_and(|stage| stage != draft.teacher.stage) {
            reader.report(&ITINERANT_SUBJECT, "stage");
        } else if subject.is_some_and(|subject| subject != draft.teacher.subject) {
            reader.report(&ITINERANT_SUBJECT, "subject");
        }
        let week = ItinerantWeek {
            teacher: who.index,
            days: places.map(|place| place.unwrap_or(own)),
            start,
            end,
        };
        self.check_days(reader, draft, &week);
        if self.begin.is_none_or(|begin| week.holds(begin)) {
            self.check_person(reader, who, draft);
        }
        Some(week)
    }

    /// One or two schools of the district besides the own one, with classes of the stage.
    fn check_days(&self, reader: &mut RowReader<'_>, draft: &Draft, week: &ItinerantWeek) {
        let own = draft.teacher.school;
        let mut others: Vec<SchoolIndex> = Vec::new();
        for (&day, &school) in DAYS.iter().zip(&week.days) {
            if school == own || others.contains(&school) {
                continue;
            }
            others.push(school);
            let site = &self.schools.sites[school.position()];
            let fault: Option<&'static FaultCode> = match site.state {
                SchoolState::Outside => Some(&ITINERANT_OUTSIDE),
                state if state.ends() => Some(&ITINERANT_SCHOOL_ENDS),
                _ if others.len() == Itinerary::SITES + 1 => Some(&ITINERANT_SCHOOLS),
                _ if site.stage_totals(draft.teacher.stage).0 == 0 => Some(&STAGE_NOT_AT_SCHOOL),
                _ => None,
            };
            if let Some(code) = fault {
                reader.report(code, day);
            }
        }
        // A cell that names no school was told already.
        let told = DAYS.iter().zip(&week.days).any(|(&day, &school)| {
            let cell = reader.filled(day);
            let named = |cell| self.schools.school_directory.find(cell) != Found::Nobody;
            school == own && cell.is_some_and(|cell| !named(cell))
        });
        if others.is_empty() && !told {
            reader.report(&ITINERANT_NOWHERE, "monday");
        }
    }

    /// Nobody is on an exchange as well; who leaves, is absent or moves by decision no longer goes
    /// round, nor does anybody whose own school ends.
    fn check_person(&self, reader: &mut RowReader<'_>, who: &Person<'_>, draft: &Draft) {
        let running = draft.teacher.running;
        if running.is_some_and(|running| !running.personnel_moved) {
            reader.report(&ITINERANT_ON_EXCHANGE, "teacher");
        }
        let in_force = |decision: &&Decided| {
            let begins = decision.date.zip(self.begin);
            decision.teacher == who.index && begins.is_none_or(|(date, begin)| date <= begin)
        };
        let mut decisions = self.decided.iter().filter(in_force);
        let stays = |kind| matches!(kind, DecidedKind::Return | DecidedKind::Continue);
        if decisions.any(|decision| !stays(decision.kind)) {
            reader.report(&ITINERANT_SETTLED, "teacher");
        }
        let own = &self.schools.sites[draft.teacher.school.position()];
        if own.state.ends() {
            reader.report(&ITINERANT_SCHOOL_ENDS, "teacher");
        }
    }
}
