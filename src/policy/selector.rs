//! Selectors: which persons, schools and moves a rule speaks of.

use serde::Deserialize;

use super::tables::RetirementTable;
use super::words::OneOrMany;
use crate::domain::{
    Backbone, Competition, Deferral, Degree, Employment, Month, Office, PostCategory, School,
    SchoolIndex, SchoolState, Sex, Stage, Status, SubjectIndex, Teacher, Title, Zone,
};

/// A choice of persons; every key given must hold. An empty selector means everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PersonSelector {
    /// Stage taught (of the post, where the rule speaks of a plan).
    pub stage: OneOrMany<Stage>,
    /// Subject taught (of the post, where the rule speaks of a plan).
    pub subject: OneOrMany<String>,
    /// Sex.
    pub sex: Option<Sex>,
    /// 编制类型
    pub employment: Option<Employment>,
    /// 岗位类别
    pub category: OneOrMany<PostCategory>,
    /// 在岗状态 in the roster.
    pub status: OneOrMany<Status>,
    /// Deferral categories; `deferred = true` means any.
    pub deferral: OneOrMany<Deferral>,
    /// Whether any deferral category is set.
    pub deferred: Option<bool>,
    /// Offices.
    pub office: OneOrMany<Office>,
    /// At least so many complete terms in the office at this school.
    pub office_terms_at_least: Option<u32>,
    /// 骨干 of this level or above.
    pub backbone_at_least: Option<Backbone>,
    /// Title of this level or above.
    pub title_at_least: Option<Title>,
    /// Degree of this level or above.
    pub degree_at_least: Option<Degree>,
    /// 班主任
    pub class_teacher: Option<bool>,
    /// Teaches a grade that leaves school this year.
    pub graduating_grade: Option<bool>,
    /// 专业课教师
    pub programme_teacher: Option<bool>,
    /// 双师型
    pub dual_qualified: Option<bool>,
    /// Months of practice in enterprises within five years, at least. Not known does not match.
    pub practice_months_at_least: Option<u32>,
    /// Holds a certificate for the stage and subject taught, or of a higher stage; who gives none
    /// holds none.
    pub certified: Option<bool>,
    /// Complete years at the present school, at least. Not known counts as not reached.
    pub years_at_school_at_least: Option<u32>,
    /// Complete years at the present school, fewer than. Not known counts as fewer.
    pub years_at_school_below: Option<u32>,
    /// Complete years of age, at least. Not known does not match.
    pub age_at_least: Option<u32>,
    /// Complete years since the first job, fewer than. Not known does not match.
    pub service_years_below: Option<u32>,
    /// At most so many years to retirement. Not known does not match.
    pub years_to_retirement_at_most: Option<u32>,
    /// Has stated a wish to leave.
    pub wishes: Option<bool>,
    /// What the competition inside the school gave.
    pub competition: OneOrMany<Competition>,
    /// Serves on an exchange that goes on, or came home from one this year.
    pub on_exchange: Option<bool>,
    /// At least one of these holds too.
    pub any_of: Vec<PersonSelector>,
    /// None of these may hold.
    pub none_of: Vec<PersonSelector>,
}

impl PersonSelector {
    /// Whether it asks for deferral, or for a category of it.
    pub fn speaks_of_deferral(&self) -> bool {
        let mut inner = self.any_of.iter().chain(&self.none_of);
        self.deferred.is_some() || !self.deferral.is_empty() || inner.any(Self::speaks_of_deferral)
    }
}

/// A person as selectors see them.
#[derive(Debug, Clone, Copy)]
pub struct PersonView<'a> {
    /// The person.
    pub teacher: &'a Teacher,
    /// Stage of the post (in the roster or in the plan).
    pub stage: Stage,
    /// Subject of the post.
    pub subject: SubjectIndex,
    /// Names of subjects.
    pub subjects: &'a [String],
    /// First month of the year.
    pub year_begin: Month,
    /// Ages of retirement.
    pub retirement: &'a RetirementTable,
    /// Whether any wish is stated.
    pub wishes: bool,
    /// What the competition inside the school gave.
    pub competition: Competition,
    /// Whether an exchange goes on or ended this year.
    pub on_exchange: bool,
}

impl PersonView<'_> {
    /// Complete months at the present school, where the arrival is known.
    pub fn months_at_school(&self) -> Option<i32> {
        self.teacher
            .arrival
            .map(|arrival| self.year_begin.months_since(arrival))
    }

    fn months_to_retirement(&self) -> Option<i32> {
        self.retirement
            .month_of(self.teacher)
            .map(|month| month.months_since(self.year_begin))
    }

    fn age_months(&self) -> Option<i32> {
        self.teacher
            .birth
            .map(|birth| self.year_begin.months_since(birth))
    }
}

const fn years(count: u32) -> i32 {
    count as i32 * 12
}

fn asks<T: PartialEq + Copy>(wanted: Option<T>, held: T) -> bool {
    wanted.is_none_or(|wanted| wanted == held)
}

impl PersonSelector {
    /// Whether the selector chooses the person.
    pub fn matches(&self, view: &PersonView<'_>) -> bool {
        let teacher = view.teacher;
        self.stage.admits(&view.stage)
            && self.subject.admits(&view.subjects[view.subject.position()])
            && asks(self.sex.map(Some), teacher.sex)
            && asks(self.employment, teacher.employment)
            && self.category.admits(&teacher.category)
            && self.status.admits(&teacher.status)
            && (self.deferral.is_empty()
                || teacher
                    .deferral
                    .is_some_and(|held| self.deferral.admits(&held)))
            && asks(self.deferred, teacher.deferral.is_some())
            && self.office.admits(&teacher.office)
            && self
                .office_terms_at_least
                .is_none_or(|terms| teacher.office_terms >= terms)
            && self
                .backbone_at_least
                .is_none_or(|level| teacher.backbone >= level)
            && self
                .title_at_least
                .is_none_or(|level| teacher.title >= level)
            && self
                .degree_at_least
                .is_none_or(|level| teacher.degree >= Some(level))
            && asks(self.class_teacher, teacher.class_teacher)
            && self
                .graduating_grade
                .is_none_or(|wanted| wanted == teacher.teaches_graduating_grade())
            && asks(self.programme_teacher, teacher.programme_teacher)
            && asks(self.dual_qualified, teacher.dual_qualified)
            && self
                .practice_months_at_least
                .is_none_or(|months| teacher.practice_months.is_some_and(|held| held >= months))
            && self
                .certified
                .is_none_or(|wanted| wanted == teacher.is_certified(view.stage, view.subject))
            && asks(self.wishes, view.wishes)
            && self.competition.admits(&view.competition)
            && asks(self.on_exchange, view.on_exchange)
            && self.matches_time(view)
            && (self.any_of.is_empty() || self.any_of.iter().any(|inner| inner.matches(view)))
            && !self.none_of.iter().any(|inner| inner.matches(view))
    }

    fn matches_time(&self, view: &PersonView<'_>) -> bool {
        let at_school = view.months_at_school();
        self.years_at_school_at_least
            .is_none_or(|count| at_school.is_some_and(|months| months >= years(count)))
            && self
                .years_at_school_below
                .is_none_or(|count| at_school.is_none_or(|months| months < years(count)))
            && self.age_at_least.is_none_or(|count| {
                view.age_months()
                    .is_some_and(|months| months >= years(count))
            })
            && self.service_years_below.is_none_or(|count| {
                view.teacher
                    .first_job
                    .is_some_and(|first| view.year_begin.months_since(first) < years(count))
            })
            && self.years_to_retirement_at_most.is_none_or(|count| {
                view.months_to_retirement()
                    .is_some_and(|months| months <= years(count))
            })
    }

    /// The subject names that occur, to check them against a district.
    pub fn subject_words(&self) -> Vec<&str> {
        let inner = self
            .any_of
            .iter()
            .chain(&self.none_of)
            .flat_map(Self::subject_words);
        self.subject
            .iter()
            .map(String::as_str)
            .chain(inner)
            .collect()
    }
}

/// A choice of schools; every key given must hold. An empty selector means every school.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SchoolSelector {
    /// 城乡类型
    pub zone: OneOrMany<Zone>,
    /// 派出学校
    pub sending: Option<bool>,
    /// 受援学校
    pub receiving: Option<bool>,
    /// Has classes of one of these stages.
    pub has_stage: OneOrMany<Stage>,
    /// Codes of schools.
    pub school: OneOrMany<String>,
    /// Towns.
    pub town: OneOrMany<String>,
    /// 学区
    pub cluster: OneOrMany<String>,
    /// 教育集团
    pub group: OneOrMany<String>,
    /// 办学状态
    pub state: OneOrMany<SchoolState>,
    /// 偏远
    pub remote: Option<bool>,
    /// 周转宿舍
    pub dormitory: Option<bool>,
    /// Has at most so many classes over all stages.
    pub classes_at_most: Option<u32>,
    /// Has at least so many classes over all stages.
    pub classes_at_least: Option<u32>,
    /// The unit holds more staff than its establishment (超编), after those who leave.
    pub over_establishment: Option<bool>,
    /// The unit holds fewer staff than its establishment (缺编), after those who leave.
    pub under_establishment: Option<bool>,
    /// At least one of these holds too.
    pub any_of: Vec<SchoolSelector>,
    /// None of these may hold.
    pub none_of: Vec<SchoolSelector>,
}

/// A school as selectors see it.
#[derive(Debug, Clone, Copy)]
pub struct SchoolView<'a> {
    /// Its index.
    pub index: SchoolIndex,
    /// The school.
    pub school: &'a School,
    /// Establishment less staff held by its unit; `None` where the establishment is not known.
    pub establishment_balance: Option<i64>,
}

impl SchoolSelector {
    /// Whether the selector chooses the school.
    pub fn matches(&self, view: &SchoolView<'_>) -> bool {
        let school = view.school;
        let classes = || -> u32 { school.classes.iter().map(|group| group.classes).sum() };
        let balance = view.establishment_balance;
        self.zone.admits(&school.zone)
            && asks(self.sending, school.sending)
            && asks(self.receiving, school.receiving)
            && (self.has_stage.is_empty()
                || school.stages().any(|stage| self.has_stage.admits(&stage)))
            && self.school.admits(&school.code)
            && self.town.admits(&school.town)
            && admits_optional(&self.cluster, school.cluster.as_ref())
            && admits_optional(&self.group, school.group.as_ref())
            && self.state.admits(&school.state)
            && asks(self.remote, school.remote)
            && asks(self.dormitory, school.dormitory)
            && self.classes_at_most.is_none_or(|count| classes() <= count)
            && self.classes_at_least.is_none_or(|count| classes() >= count)
            && asks(
                self.over_establishment,
                balance.is_some_and(|balance| balance < 0),
            )
            && asks(
                self.under_establishment,
                balance.is_some_and(|balance| balance > 0),
            )
            && (self.any_of.is_empty() || self.any_of.iter().any(|inner| inner.matches(view)))
            && !self.none_of.iter().any(|inner| inner.matches(view))
    }

    /// Codes, towns, clusters and groups that occur, to check them against a district.
    pub fn place_words(&self) -> Vec<(&'static str, &str)> {
        let inner = self
            .any_of
            .iter()
            .chain(&self.none_of)
            .flat_map(Self::place_words);
        let own = [
            ("school", &self.school),
            ("town", &self.town),
            ("cluster", &self.cluster),
            ("group", &self.group),
        ];
        own.into_iter()
            .flat_map(|(key, words)| words.iter().map(move |word| (key, word.as_str())))
            .chain(inner)
            .collect()
    }
}

fn admits_optional(wanted: &OneOrMany<String>, held: Option<&String>) -> bool {
    wanted.is_empty() || held.is_some_and(|held| wanted.admits(held))
}
