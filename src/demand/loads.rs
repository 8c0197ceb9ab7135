//! How many lessons a week make a full-time person.

use std::collections::BTreeMap;

use crate::domain::{District, Employment, Periods, Stage, SubjectIndex};
use crate::policy::{DemandTables, LoadBasis};

/// Where a load comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadSource {
    /// The district's own average over so many persons.
    Own(u32),
    /// The table of the policy.
    Table,
}

/// Loads by stage and subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loads {
    loads: BTreeMap<(Stage, SubjectIndex), (Periods, LoadSource)>,
}

impl Loads {
    /// Averages of the roster where the policy asks for them and enough persons have weekly
    /// periods, else the table. Subjects to which the table gives the same load in a stage form
    /// one group and share one average: single subjects have too few persons.
    pub fn new(district: &District, tables: &DemandTables) -> Self {
        let averages = match tables.load_basis {
            LoadBasis::Own => own_averages(district, tables),
            LoadBasis::Table => BTreeMap::new(),
        };
        let mut loads = BTreeMap::new();
        for &stage in Stage::ALL {
            for (position, name) in district.subjects.iter().enumerate() {
                let Some(table) = tables.table_load(stage, name) else {
                    continue;
                };
                let load = match averages.get(&(stage, table)) {
                    Some(&(average, count)) if count >= tables.own_average_from => {
                        (average, LoadSource::Own(count))
                    }
                    _ => (table, LoadSource::Table),
                };
                loads.insert((stage, SubjectIndex(position as u32)), load);
            }
        }
        Self { loads }
    }

    /// The load of a subject; `None` in stages reckoned by classes alone.
    pub fn of(&self, stage: Stage, subject: SubjectIndex) -> Option<(Periods, LoadSource)> {
        self.loads.get(&(stage, subject)).copied()
    }
}

/// Mean of lessons given and credits held, by stage and table load, over those who give lessons.
fn own_averages(
    district: &District,
    tables: &DemandTables,
) -> BTreeMap<(Stage, Periods), (Periods, u32)> {
    let mut sums: BTreeMap<(Stage, Periods), (i64, u32)> = BTreeMap::new();
    for teacher in &district.teachers {
        let Some(periods) = teacher.weekly_periods.filter(|periods| periods.0 > 0) else {
            continue;
        };
        if teacher.status.is_absent() || teacher.employment != Employment::Establishment {
            continue;
        }
        let name = district.subject_name(teacher.subject);
        let Some(table) = tables.table_load(teacher.stage, name) else {
            continue;
        };
        let credits = tables.credits_of(teacher.stage);
        let class_credit = if teacher.class_teacher {
            credits.class_teacher.0
        } else {
            Periods::ZERO
        };
        let total = periods + class_credit + credits.of_office(teacher.office);
        let sum = sums.entry((teacher.stage, table)).or_default();
        *sum = (sum.0 + total.0, sum.1 + 1);
    }
    sums.into_iter()
        .map(|(key, (total, count))| {
            let average = (total + i64::from(count) / 2) / i64::from(count);
            (key, (Periods(average.max(1)), count))
        })
        .collect()
}
