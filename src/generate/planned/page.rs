//! The page of an instance: what its plan says, what was made of it, what is assumed.

use std::fmt::Write as _;

use crate::domain::Stage;
use crate::generate::readme::{Aims, FAMILIES, label, shares, stages, title};
use crate::generate::records::{SyntheticDistrict, Target};
use crate::generate::statistics::{Statistics, statistics};
use crate::generate::totals::Measure;

use super::Plan;
use super::classes::Year;

/// What only this district's page has.
pub(super) struct Page {
    /// What the instance is, after its title.
    pub(super) heading: fn(&SyntheticDistrict) -> String,
    /// Of the totals, those that are published. All others are assumed.
    pub(super) published: &'static [Measure],
    /// Below the totals.
    pub(super) totals: &'static str,
    /// Heading of the table of pupils, classes and posts, and its years.
    pub(super) years: [&'static str; 2],
    pub(super) contradictions: &'static str,
    pub(super) aims: Aims,
    /// Further figures.
    pub(super) figures: fn(&SyntheticDistrict, &Statistics) -> String,
    pub(super) assumptions: &'static str,
}

/// The README of the instance.
pub(super) fn text(plan: &Plan, district: &SyntheticDistrict) -> String {
    let figures = statistics(district);
    let mut page = title(district);
    page.push_str(&(plan.page.heading)(district));
    page.push_str(&totals(district, &plan.page));
    page.push_str(&years(plan));
    page.push_str(plan.page.contradictions);
    page.push_str(&shares(&figures, &plan.page.aims));
    page.push_str(&stages(&figures, &plan.page.aims));
    page.push_str(&(plan.page.figures)(district, &figures));
    page.push_str(plan.page.assumptions);
    page.push_str(FAMILIES);
    page
}

fn totals(district: &SyntheticDistrict, page_of: &Page) -> String {
    let mut page = String::from(
        "## 总数 / Totals\n\n| 指标 Figure | 规划或假定 Plan or assumed | 本例 Here | 差 Difference |\n\
         |---|---:|---:|---:|\n",
    );
    for Target { measure, value } in &district.targets {
        let here = measure.count(district);
        let difference = (f64::from(here) / f64::from(*value) - 1.0) * 100.0;
        let published = page_of.published.contains(measure);
        let mark = if published { "" } else { " [D]" };
        // Writing into a string cannot fail.
        let _ = writeln!(
            page,
            "| {} | {value}{mark} | {here} | {difference:.1}% |",
            label(*measure)
        );
    }
    page.push('\n');
    page.push_str(page_of.totals);
    page
}

/// Pupils, classes and posts of the years of a plan, beside the staff.
fn years(plan: &Plan) -> String {
    let mut page = format!(
        "### {}\n\n\
         | 学段 Stage | 学生 Pupils {} | 班级 Classes [D] | 按生师比 Posts by ratio | 在编 Staff [D] |\n\
         |---|---:|---:|---:|---:|\n",
        plan.page.years[0], plan.page.years[1],
    );
    // What stays as it is stands once.
    let both = |before: u32, planned: u32| {
        if plan.classes.change() {
            format!("{before} → {planned}")
        } else {
            before.to_string()
        }
    };
    for &(stage, teachers) in plan.staff {
        let (before, pupils_before) = plan.classes.total(stage, Year::Before);
        let (planned, pupils) = plan.classes.total(stage, Year::Planned);
        // Tenths of pupils for one member of staff.
        let (ratio, printed) = match stage {
            Stage::Primary => (190, "1:19"),
            Stage::Junior => (135, "1:13.5"),
            Stage::Senior => (125, "1:12.5"),
            Stage::Vocational => (200, "1:20"),
            Stage::Special => (40, "1:4"),
            Stage::Kindergarten => (60, "1:6"),
        };
        let posts = |pupils: u32| (pupils * 10 + ratio / 2) / ratio;
        let _ = writeln!(
            page,
            "| {stage} | {} | {} | {printed}: {} | {teachers} |",
            both(pupils_before, pupils),
            both(before, planned),
            both(posts(pupils_before), posts(pupils)),
        );
    }
    page.push('\n');
    page
}
