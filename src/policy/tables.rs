//! The tables of a policy that are numbers, not rules: periods, loads, credits, retirement, roads.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de};

use super::fraction::Fraction;
use crate::domain::{Month, Office, Periods, Persons, PostCategory, Sex, Stage, Teacher, Title};

/// Where the weekly load of a full-time person comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LoadBasis {
    /// The district's own averages where the roster has weekly periods, else the table.
    Own,
    /// The table of the policy.
    Table,
}

/// Lessons a week by which a person's teaching load is lowered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Credits {
    /// 班主任, for each class.
    pub class_teacher: Decimal,
    /// 教研组长
    pub group_leader: Decimal,
    /// 中层正职、副职
    pub middle: Decimal,
    /// 副校级
    pub deputy_head: Decimal,
    /// 正校级
    pub head: Decimal,
}

impl Credits {
    /// The credit that an office gives.
    pub fn of_office(&self, office: Office) -> Periods {
        match office {
            Office::None => Periods::ZERO,
            Office::GroupLeader => self.group_leader.0,
            Office::DeputyMiddle | Office::Middle => self.middle.0,
            Office::DeputyHead => self.deputy_head.0,
            Office::Head => self.head.0,
        }
    }
}

/// Lessons a week written as a decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decimal(pub Periods);

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fraction = Fraction::deserialize(deserializer)?;
        if 10 % fraction.denominator != 0 {
            return Err(de::Error::custom("lessons a week have at most one decimal"));
        }
        Ok(Self(Periods(
            fraction.numerator * 10 / fraction.denominator,
        )))
    }
}

/// How the need of a stage is reckoned at sites with few classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmallSites {
    /// A site with at most so many classes of the stage is small.
    pub classes_at_most: u32,
    /// Teachers for each class (包班、复式).
    pub teachers_per_class: Fraction,
}

/// One way to pool subjects. A site uses the first way in which no pool needs less than a person,
/// or else the last.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolLevel {
    /// Groups of subjects that one person covers; subjects named in none stay alone.
    pub groups: Vec<Vec<String>>,
}

/// From classes to need.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemandTables {
    /// Where loads come from.
    pub load_basis: LoadBasis,
    /// Fewest persons with weekly periods for an average of one's own.
    pub own_average_from: u32,
    /// Share of the lessons added for short leave.
    pub leave_cover: Fraction,
    /// Part of a person that the 兼教 teachers' further subjects take together.
    pub further_share: Fraction,
    /// Lessons a week of a class: stage → subject → by grade of the stage (one value: all grades).
    #[serde(default)]
    pub periods: BTreeMap<Stage, BTreeMap<String, Vec<Decimal>>>,
    /// Lessons a week of a class of a vocational programme in the programme's own subject.
    pub programme_periods: Decimal,
    /// Teachers for each class in stages without a table of periods.
    #[serde(default)]
    pub teachers_per_class: BTreeMap<Stage, ClassTeachers>,
    /// Lessons a week of a full-time person: stage → subject, or `其他` for all others.
    #[serde(default)]
    pub loads: BTreeMap<Stage, BTreeMap<String, Decimal>>,
    /// Credits by stage.
    #[serde(default)]
    pub credits: BTreeMap<Stage, Credits>,
    /// Small sites by stage.
    #[serde(default)]
    pub small_sites: BTreeMap<Stage, SmallSites>,
    /// Ways of pooling at small sites, from fine to coarse.
    #[serde(default)]
    pub pools: Vec<PoolLevel>,
    /// Pupils for one member of staff (编制标准), by stage.
    #[serde(default)]
    pub pupils_per_staff: BTreeMap<Stage, Fraction>,
}

/// Need by classes alone: so many persons of one subject a class.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassTeachers {
    /// The subject of the post.
    pub subject: String,
    /// Persons a class.
    pub persons: Fraction,
}

impl DemandTables {
    /// Staff that the ratio of a stage gives for so many pupils (按生师比), to a thousandth; none where the
    /// table has no ratio.
    pub fn staff_by_ratio(&self, stage: Stage, pupils: u32) -> Persons {
        let ratio = self.pupils_per_staff.get(&stage);
        let ratio = ratio.filter(|ratio| ratio.numerator > 0);
        ratio.map_or(Persons::ZERO, |ratio| {
            Persons(i64::from(pupils) * 1000 * ratio.denominator / ratio.numerator)
        })
    }

    /// The load of the table; `None` where it has none for the stage.
    pub fn table_load(&self, stage: Stage, subject: &str) -> Option<Periods> {
        let loads = self.loads.get(&stage)?;
        loads
            .get(subject)
            .or_else(|| loads.get("其他"))
            .map(|load| load.0)
    }

    /// Credits of a stage.
    pub fn credits_of(&self, stage: Stage) -> Credits {
        self.credits.get(&stage).copied().unwrap_or_default()
    }

    /// How small sites of a stage are reckoned.
    pub fn small_sites_of(&self, stage: Stage) -> Option<SmallSites> {
        self.small_sites.get(&stage).copied()
    }
}

/// One line of the table of retirement ages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetirementLine {
    /// Age before the reform, in years.
    pub age: u32,
    /// Month of birth from which retirement is delayed.
    #[serde(deserialize_with = "month")]
    pub delayed_from: Month,
    /// One month more for each so many months of later birth.
    pub step_months: u32,
    /// Longest delay, in months.
    pub delay_at_most: u32,
}

fn month<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Month, D::Error> {
    let text = String::deserialize(deserializer)?;
    Month::parse(&text)
        .ok_or_else(|| de::Error::custom(format!("`{text}` is not a month such as 1965-01")))
}

impl RetirementLine {
    fn month_of(&self, birth: Month) -> Month {
        let later = birth.months_since(self.delayed_from);
        let delay = if later < 0 {
            0
        } else {
            (later / self.step_months.max(1) as i32 + 1).min(self.delay_at_most as i32)
        };
        birth.plus(self.age as i32 * 12 + delay)
    }
}

/// Ages of retirement (the gradual delay from 2025).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetirementTable {
    /// Men.
    pub men: RetirementLine,
    /// Women in professional and management posts.
    pub women: RetirementLine,
    /// Women in worker posts.
    pub women_workers: RetirementLine,
    /// Whether women with senior titles retire as men do.
    pub senior_title_women_as_men: bool,
}

impl RetirementTable {
    /// First month in which a teacher is retired; `None` where the birth is not known. Where the
    /// sex is not known the later age counts, so that nobody is retired by a guess.
    pub fn month_of(&self, teacher: &Teacher) -> Option<Month> {
        let birth = teacher.birth?;
        let line = match teacher.sex {
            Some(Sex::Female) if teacher.category == PostCategory::Worker => &self.women_workers,
            Some(Sex::Female)
                if !(self.senior_title_women_as_men && teacher.title >= Title::Senior) =>
            {
                &self.women
            }
            _ => &self.men,
        };
        Some(line.month_of(birth).plus(1))
    }
}

/// From places to minutes where no times are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TravelTable {
    /// Road ÷ great circle.
    pub detour: Fraction,
    /// Speed on the road.
    pub kilometres_per_hour: u32,
    /// Added to every way that is not nil.
    pub start_minutes: u32,
    /// Without coordinates: two schools of one town.
    pub same_town_minutes: u32,
    /// Without coordinates: two schools of one cluster.
    pub same_cluster_minutes: u32,
    /// Without coordinates: all others.
    pub elsewhere_minutes: u32,
    /// Without coordinates: added where one of the two is remote.
    pub remote_minutes: u32,
}

/// Terms of new exchanges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeTerms {
    /// Length of a new exchange in months.
    pub months: u32,
    /// Whether the years at the school begin anew for those who come home from an exchange.
    pub resets_years_at_school: bool,
}

/// What decides between applicants of one score, more coming first. Whoever is not told apart by
/// any of these is by the key of the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tie {
    /// Months since the first job.
    Service,
    /// Months at the present school.
    AtSchool,
    /// Title.
    Title,
    /// 骨干
    Backbone,
    /// Degree.
    Degree,
}

/// Terms of the competition across schools (跨校竞聘).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CompetitionTerms {
    /// How many wishes count.
    pub wishes: u32,
    /// From which part of a person on a need that nobody covers is a vacancy.
    pub least_vacancy: Fraction,
    /// What decides between equal scores, the first first.
    pub ties: Vec<Tie>,
}

impl Default for CompetitionTerms {
    fn default() -> Self {
        Self {
            wishes: 3,
            least_vacancy: Fraction {
                numerator: 1,
                denominator: 2,
            },
            ties: vec![Tie::Service],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(age: u32, from: (i32, u32), step: u32, most: u32) -> RetirementLine {
        RetirementLine {
            age,
            delayed_from: Month::new(from.0, from.1).unwrap(),
            step_months: step,
            delay_at_most: most,
        }
    }

    #[test]
    fn retirement_is_delayed_step_by_step() {
        // POLICY.md 3.2: one month for every four of later birth, at most three years.
        let men = line(60, (1965, 1), 4, 36);
        let birth = |year, month| Month::new(year, month).unwrap();
        assert_eq!(men.month_of(birth(1964, 12)).to_string(), "2024-12");
        assert_eq!(men.month_of(birth(1965, 1)).to_string(), "2025-02");
        assert_eq!(men.month_of(birth(1965, 4)).to_string(), "2025-05");
        assert_eq!(men.month_of(birth(1965, 5)).to_string(), "2025-07");
        assert_eq!(men.month_of(birth(1990, 1)).to_string(), "2053-01");
        let workers = line(50, (1975, 1), 2, 60);
        assert_eq!(workers.month_of(birth(1975, 3)).to_string(), "2025-05");
    }
}
