//! Subject posts: what each school needs of each subject, or pooled group, in full-time persons.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::loads::Loads;
use super::roll::Roll;
use crate::domain::{
    ClassGroup, District, Itinerary, NeedAmount, Periods, Persons, SchoolIndex, Stage, StatedNeed,
    SubjectIndex,
};
use crate::policy::{Credits, Decimal, DemandTables, Fraction, Policy, PoolLevel};

/// Place of a post in [`Posts::all`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostIndex(pub u32);

/// A subject post (学科岗位).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The school or site.
    pub school: SchoolIndex,
    /// The stage.
    pub stage: Stage,
    /// Subjects that one person of the post covers; one, but for pooled posts.
    pub subjects: Vec<SubjectIndex>,
    /// On paper: the subject, or the pool's subjects joined.
    pub label: String,
    /// Lessons a week; zero where need is reckoned by classes.
    pub periods: Periods,
    /// What the loads alone ask for, without credits and leave cover.
    pub need_by_loads: Persons,
    /// What is needed.
    pub need: Persons,
    /// Whether the site is small (need by classes, pooled).
    pub small_site: bool,
    /// Whether the office stated the need itself.
    pub stated: bool,
}

/// All posts, sorted by school, stage and first subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posts {
    all: Vec<Post>,
    /// The first post of each school, and one past the last of all.
    starts: Vec<u32>,
    /// Sorted.
    by_subject: Vec<(SchoolIndex, Stage, SubjectIndex, PostIndex)>,
    /// The first entry of each school in `by_subject`, and one past the last of all.
    subject_starts: Vec<u32>,
}

/// The need of one subject before pooling.
#[derive(Debug, Clone, Copy, Default)]
struct Need {
    periods: Periods,
    by_loads: Persons,
    persons: Persons,
    stated: bool,
}

impl Posts {
    /// Reckons the need of every school and stage.
    ///
    /// A post exists for every subject that a school needs in a stage and for every subject that
    /// somebody teaches there, needed or not: such a person is surplus, not nowhere.
    pub fn new(district: &District, policy: &Policy, roll: &Roll, loads: &Loads) -> Self {
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
        let mut by_subject: Vec<_> = posts
            .iter()
            .zip(0..)
            .flat_map(|(post, position)| {
                let place = (post.school, post.stage, PostIndex(position));
                let subjects = post.subjects.iter();
                subjects.map(move |&subject| (place.0, place.1, subject, place.2))
            })
            .collect();
        by_subject.sort_unstable();
        let schools = || district.school_indices().map(|school| school.0);
        let count = district.schools.len() as u32;
        let first_post = |school| posts.partition_point(|post| post.school.0 < school) as u32;
        let first_subject = |school| by_subject.partition_point(|held| held.0.0 < school) as u32;
        let starts = schools().chain([count]).map(first_post).collect();
        let subject_starts = schools().chain([count]).map(first_subject).collect();
        Self {
            all: posts,
            starts,
            by_subject,
            subject_starts,
        }
    }

    /// All posts.
    pub fn all(&self) -> &[Post] {
        &self.all
    }

    /// The post at an index.
    pub fn get(&self, index: PostIndex) -> &Post {
        &self.all[index.0 as usize]
    }

    /// The post of a subject at a school, in a stage.
    pub fn of(
        &self,
        school: SchoolIndex,
        stage: Stage,
        subject: SubjectIndex,
    ) -> Option<PostIndex> {
        let held = &self.by_subject[between(&self.subject_starts, school)];
        let behind = held.partition_point(|held| (held.1, held.2) <= (stage, subject));
        let &(_, of_stage, of_subject, post) = held.get(behind.checked_sub(1)?)?;
        ((of_stage, of_subject) == (stage, subject)).then_some(post)
    }

    /// All posts with their indices.
    pub fn indexed(&self) -> impl Iterator<Item = (PostIndex, &Post)> {
        self.all
            .iter()
            .enumerate()
            .map(|(position, post)| (PostIndex(position as u32), post))
    }

    /// Posts of a school, with their indices.
    pub fn of_school(&self, school: SchoolIndex) -> impl Iterator<Item = (PostIndex, &Post)> {
        let here = between(&self.starts, school);
        (here.start as u32..).map(PostIndex).zip(&self.all[here])
    }
}

/// The part of a list that concerns a school.
fn between(starts: &[u32], school: SchoolIndex) -> Range<usize> {
    starts[school.position()] as usize..starts[school.position() + 1] as usize
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

struct Reckoner<'a> {
    district: &'a District,
    tables: &'a DemandTables,
    loads: &'a Loads,
    school: SchoolIndex,
    stage: Stage,
    office_credits: Periods,
    /// What the office says of this school and stage itself.
    stated: &'a [&'a StatedNeed],
}

impl Reckoner<'_> {
    fn classes(&self) -> impl Iterator<Item = &ClassGroup> {
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
    fn small_total(&self, classes: u32) -> Option<Persons> {
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

    /// Posts, pooled where the site is small.
    fn pooled(&self, needs: &BTreeMap<SubjectIndex, Need>) -> Vec<Post> {
        let classes: u32 = self.classes().map(|group| group.classes).sum();
        let small = classes > 0 && self.small_total(classes).is_some();
        let alone: Vec<Vec<SubjectIndex>> = needs.keys().map(|&subject| vec![subject]).collect();
        let groups = if small {
            self.pool_groups(needs, alone)
        } else {
            alone
        };
        groups
            .into_iter()
            .map(|group| self.post(needs, &group, small))
            .collect()
    }

    /// The first way of pooling in which no pool needs less than a person, or else the coarsest.
    fn pool_groups(
        &self,
        needs: &BTreeMap<SubjectIndex, Need>,
        alone: Vec<Vec<SubjectIndex>>,
    ) -> Vec<Vec<SubjectIndex>> {
        let is_whole = |groups: &[Vec<SubjectIndex>]| {
            groups.iter().all(|group| {
                let need: Persons = group.iter().map(|subject| needs[subject].persons).sum();
                need >= Persons::ONE || need == Persons::ZERO
            })
        };
        let mut chosen = alone;
        for level in &self.tables.pools {
            if is_whole(&chosen) {
                break;
            }
            chosen = self.groups_of(level, needs);
        }
        chosen
    }

    fn groups_of(
        &self,
        level: &PoolLevel,
        needs: &BTreeMap<SubjectIndex, Need>,
    ) -> Vec<Vec<SubjectIndex>> {
        let mut free: BTreeSet<SubjectIndex> = needs.keys().copied().collect();
        let mut groups: Vec<Vec<SubjectIndex>> = Vec::new();
        for names in &level.groups {
            let mut group: Vec<SubjectIndex> = names
                .iter()
                .filter_map(|name| self.district.subject_named(name))
                .filter(|subject| free.remove(subject))
                .collect();
            group.sort_unstable();
            if !group.is_empty() {
                groups.push(group);
            }
        }
        groups.extend(free.into_iter().map(|subject| vec![subject]));
        groups.sort_unstable();
        groups
    }

    fn post(
        &self,
        needs: &BTreeMap<SubjectIndex, Need>,
        group: &[SubjectIndex],
        small: bool,
    ) -> Post {
        let held = || group.iter().map(|subject| needs[subject]);
        let names: Vec<&str> = group
            .iter()
            .map(|&subject| self.district.subject_name(subject))
            .collect();
        Post {
            school: self.school,
            stage: self.stage,
            label: names.join("+"),
            periods: held().map(|need| need.periods).sum(),
            need_by_loads: held().map(|need| need.by_loads).sum(),
            need: held().map(|need| need.persons).sum(),
            small_site: small,
            stated: held().any(|need| need.stated),
            subjects: group.to_vec(),
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
