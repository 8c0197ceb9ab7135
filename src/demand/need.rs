//! What each school needs of each subject: lessons and credits by loads, or teachers per class.

use std::collections::{BTreeMap, BTreeSet};

use super::loads::Loads;
use super::posts::Post;
use super::roll::Roll;
use crate::domain::{
    ClassGroup, District, Itinerary, NeedAmount, Periods, Persons, SchoolIndex, Stage, StatedNeed,
    SubjectIndex,
};
use crate::policy::{Credits, Decimal, DemandTables, Fraction, Policy};

/// The need of one subject before pooling.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Need {
    pub(super) periods: Periods,
    pub(super) by_loads: Persons,
    pub(super) persons: Persons,
    pub(super) stated: bool,
}

/// The posts of every school and stage with their need, sorted by school, stage and first subject.
pub(super) fn posts_of(
    district: &District,
    policy: &Policy,
    roll: &Roll,
    loads: &Loads,
) -> Vec<Post> {
    let taught = taught(roll);
    let shares = further_shares(district, roll);
    let offices = office_credits(district, &policy.demand);
    let mut stated: BTreeMap<(SchoolIndex, Stage), Vec<&StatedNeed>> = BTreeMap::new();
    for need in &district.stated_needs {
        stated
            .entry((need.school, need.stage))
            .or_default()
            .push(need);
    }
    let mut posts = Vec::new();
    for school in district.school_indices() {
        for &stage in Stage::ALL {
            let reckoner = Reckoner {
                district,
                tables: &policy.demand,
                loads,
                school,
                stage,
                office_credits: offices.get(&(school, stage)).copied().unwrap_or_default(),
                stated: stated.get(&(school, stage)).map_or(&[], Vec::as_slice),
            };
            let mut needs = reckoner.needs();
            for &subject in taught.get(&(school, stage)).into_iter().flatten() {
                needs.entry(subject).or_default();
            }
            reckoner.carry_over_further_subjects(&mut needs, &shares);
            posts.extend(reckoner.pooled(&needs));
        }
    }
    posts
}

/// What somebody teaches at each school and stage, on some days or all of the week.
fn taught(roll: &Roll) -> BTreeMap<(SchoolIndex, Stage), BTreeSet<SubjectIndex>> {
    let mut taught: BTreeMap<(SchoolIndex, Stage), BTreeSet<SubjectIndex>> = BTreeMap::new();
    for entry in roll.entries() {
        taught
            .entry((entry.school, entry.stage))
            .or_default()
            .insert(entry.subject);
        for site in entry.itinerary.iter().flat_map(Itinerary::sites) {
            let there = taught.entry((site.school, entry.stage)).or_default();
            there.insert(entry.subject);
        }
    }
    taught
}

/// (school, stage, main subject, further subject) → persons who teach it besides.
type FurtherShares =
    BTreeMap<(SchoolIndex, Stage), BTreeMap<(SubjectIndex, SubjectIndex), (i64, i64)>>;

/// Who teaches what besides the main subject, as (numerator, denominator) sums of equal parts: a
/// person with two further subjects gives half of the further part to each.
fn further_shares(district: &District, roll: &Roll) -> FurtherShares {
    let mut shares = FurtherShares::new();
    for entry in roll.entries().iter().filter(|entry| entry.serves()) {
        let teacher = district.teacher(entry.teacher);
        let further: Vec<SubjectIndex> = teacher
            .further
            .iter()
            .filter(|held| held.stage == entry.stage && held.subject != entry.subject)
            .map(|held| held.subject)
            .collect();
        // In twelfths, so that halves, thirds and quarters are whole.
        let part = 12 / (further.len().clamp(1, 12) as i64);
        for subject in further {
            let held = shares
                .entry((entry.school, entry.stage))
                .or_default()
                .entry((entry.subject, subject))
                .or_insert((0, 12));
            held.0 += part;
        }
    }
    shares
}

/// What the offices of each school and stage are credited, summed.
fn office_credits(
    district: &District,
    tables: &DemandTables,
) -> BTreeMap<(SchoolIndex, Stage), Periods> {
    let by_stage: BTreeMap<Stage, Credits> = Stage::ALL
        .iter()
        .map(|&stage| (stage, tables.credits_of(stage)))
        .collect();
    let mut sums: BTreeMap<(SchoolIndex, Stage), Periods> = BTreeMap::new();
    for teacher in &district.teachers {
        *sums.entry((teacher.school, teacher.stage)).or_default() +=
            by_stage[&teacher.stage].of_office(teacher.office);
    }
    sums
}

/// What the need of a school's stage is reckoned from.
pub(super) struct Reckoner<'a> {
    pub(super) district: &'a District,
    pub(super) tables: &'a DemandTables,
    loads: &'a Loads,
    pub(super) school: SchoolIndex,
    pub(super) stage: Stage,
    office_credits: Periods,
    /// What the office says of this school and stage itself.
    stated: &'a [&'a StatedNeed],
}

impl Reckoner<'_> {
    pub(super) fn classes(&self) -> impl Iterator<Item = &ClassGroup> {
        let stage = self.stage;
        self.district
            .school(self.school)
            .classes
            .iter()
            .filter(move |group| group.stage == stage)
    }

    /// The need by subject.
    fn needs(&self) -> BTreeMap<SubjectIndex, Need> {
        let mut needs = BTreeMap::new();
        let classes: u32 = self.classes().map(|group| group.classes).sum();
        if classes > 0 {
            needs = match self.tables.teachers_per_class.get(&self.stage) {
                Some(by_class) => {
                    self.need_by_classes(classes, &by_class.subject, by_class.persons)
                }
                None => self.need_by_periods(classes),
            };
        }
        for stated in self.stated {
            let load = self.loads.of(self.stage, stated.subject).map(|load| load.0);
            let (periods, persons) = match stated.amount {
                NeedAmount::Persons(persons) => (Periods::ZERO, persons),
                NeedAmount::Periods(periods) => (
                    periods,
                    Persons::from_periods(periods, load.unwrap_or(Periods(100))),
                ),
            };
            let need = Need {
                periods,
                by_loads: persons,
                persons,
                stated: true,
            };
            needs.insert(stated.subject, need);
        }
        needs
    }

    fn need_by_classes(
        &self,
        classes: u32,
        subject: &str,
        persons: Fraction,
    ) -> BTreeMap<SubjectIndex, Need> {
        let Some(subject) = self.district.subject_named(subject) else {
            return BTreeMap::new();
        };
        let persons = Persons(persons.of_rounded_up(i64::from(classes) * 1000));
        let need = Need {
            by_loads: persons,
            persons,
            ..Need::default()
        };
        BTreeMap::from([(subject, need)])
    }

    /// Lessons of the classes, credits and leave cover, divided by the loads. Credits are spread
    /// over the subjects as the lessons are.
    fn need_by_periods(&self, classes: u32) -> BTreeMap<SubjectIndex, Need> {
        let periods = self.periods();
        let total: i64 = periods.values().map(|periods| periods.0).sum();
        if total == 0 {
            return BTreeMap::new();
        }
        let credits = self.credits(classes);
        let cover = self.tables.leave_cover;
        let small = self.small_total(classes);
        let by_loads: BTreeMap<SubjectIndex, Persons> = periods
            .iter()
            .map(|(&subject, &periods)| (subject, self.persons_by_table(subject, periods)))
            .collect();
        let load_total = by_loads
            .values()
            .map(|persons| persons.0)
            .sum::<i64>()
            .max(1);
        periods
            .into_iter()
            .map(|(subject, periods)| {
                let by_loads = by_loads[&subject];
                let with_credits = Periods(periods.0 + credits.0 * periods.0 / total);
                let full = self.persons(subject, with_credits);
                let full = Persons(full.0 + cover.of_rounded_down(full.0));
                let persons = match small {
                    Some(small) => Persons((small.0 * by_loads.0 + load_total / 2) / load_total),
                    None => full,
                };
                (
                    subject,
                    Need {
                        periods,
                        by_loads,
                        persons,
                        stated: false,
                    },
                )
            })
            .collect()
    }

    /// Persons by the standard load of the table, without credits or cover: the reckoning that
    /// makes nearly a third of a district's teachers look idle.
    fn persons_by_table(&self, subject: SubjectIndex, periods: Periods) -> Persons {
        let name = self.district.subject_name(subject);
        let load = self
            .tables
            .table_load(self.stage, name)
            .unwrap_or(Periods(140));
        Persons::from_periods(periods, load)
    }

    fn persons(&self, subject: SubjectIndex, periods: Periods) -> Persons {
        let load = self
            .loads
            .of(self.stage, subject)
            .map_or(Periods(140), |load| load.0);
        Persons::from_periods(periods, load)
    }

    /// Lessons a week of each subject. Stage totals (no grade) are taken as spread evenly over the
    /// grades of the stage.
    fn periods(&self) -> BTreeMap<SubjectIndex, Periods> {
        let mut found: BTreeMap<SubjectIndex, Periods> = BTreeMap::new();
        let table = self.tables.periods.get(&self.stage);
        for (name, by_grade) in table.into_iter().flatten() {
            let Some(subject) = self.district.subject_named(name) else {
                continue;
            };
            for group in self.classes() {
                let periods = lessons_of_grade(by_grade, self.stage, group.grade, group.classes);
                *found.entry(subject).or_default() += periods;
            }
        }
        for group in self.classes() {
            if let Some(programme) = group.programme {
                let periods = self.tables.programme_periods.0.0 * i64::from(group.classes);
                *found.entry(programme).or_default() += Periods(periods);
            }
        }
        found.retain(|_, periods| periods.0 > 0);
        found
    }

    fn credits(&self, classes: u32) -> Periods {
        let credits = self.tables.credits_of(self.stage);
        Periods(credits.class_teacher.0.0 * i64::from(classes) + self.office_credits.0)
    }

    /// The whole need of a small site, or `None` where the site is not small.
    pub(super) fn small_total(&self, classes: u32) -> Option<Persons> {
        let small = self.tables.small_sites_of(self.stage)?;
        (classes <= small.classes_at_most).then(|| {
            Persons(
                small
                    .teachers_per_class
                    .of_rounded_up(i64::from(classes) * 1000),
            )
        })
    }

    /// 兼教 is a matter of the school's timetable: the part of a further subject that is covered so
    /// today moves from the need of that subject to the need of the teacher's main subject, whoever
    /// leaves. So everybody counts as a whole person in one post, and head-counts stay whole.
    fn carry_over_further_subjects(
        &self,
        needs: &mut BTreeMap<SubjectIndex, Need>,
        shares: &FurtherShares,
    ) {
        let Some(held) = shares.get(&(self.school, self.stage)) else {
            return;
        };
        let part = self.tables.further_share.of_rounded_down(Persons::ONE.0);
        for (&(main, further), &(count, of)) in held {
            let Some(need) = needs.get_mut(&further).filter(|need| !need.stated) else {
                continue;
            };
            let covered = (part * count / of).min(need.persons.0);
            need.persons -= Persons(covered);
            let receiver = needs.entry(main).or_default();
            if !receiver.stated {
                receiver.persons += Persons(covered);
            }
        }
    }
}

/// Lessons of `classes` classes of one grade; without a grade, the mean over the stage's grades.
fn lessons_of_grade(
    by_grade: &[Decimal],
    stage: Stage,
    grade: Option<u8>,
    classes: u32,
) -> Periods {
    let first = match stage {
        Stage::Junior => 7,
        Stage::Senior => 10,
        _ => 1,
    };
    let classes = i64::from(classes);
    let values: Vec<i64> = by_grade.iter().map(|&periods| periods.0.0).collect();
    let position = grade
        .and_then(|grade| grade.checked_sub(first))
        .map(usize::from);
    match (values.as_slice(), position) {
        ([], _) => Periods::ZERO,
        ([all], _) => Periods(all * classes),
        (values, Some(position)) if position < values.len() => Periods(values[position] * classes),
        (values, _) => Periods(values.iter().sum::<i64>() * classes / values.len() as i64),
    }
}
