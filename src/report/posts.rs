//! 核编定岗: establishment, need and staff, unit by unit and school by school.

use std::fmt::Write as _;

use serde::Serialize;

use super::align::Side::{Left, Right};
use super::language::{Language, counted};
use super::page::Page;
use super::summary::decimal;
use crate::demand::{Situation, dispensable};
use crate::domain::{SchoolIndex, Stage, UnitIndex, Zone};

/// A unit with its schools.
#[derive(Debug, Serialize)]
pub struct PostsOfUnit<'a> {
    code: &'a str,
    name: &'a str,
    /// 核定编制, where known.
    establishment: Option<u32>,
    /// Who holds 编制 in it at the begin of the year.
    held: u32,
    /// Establishment less holders.
    balance: Option<i64>,
    /// What the ratios of pupils to staff would give.
    by_ratio: f64,
    schools: Vec<PostsOfSchool<'a>>,
}

#[derive(Debug, Serialize)]
struct PostsOfSchool<'a> {
    code: &'a str,
    name: &'a str,
    zone: Zone,
    classes: u32,
    pupils: u32,
    posts: Vec<PostLine<'a>>,
}

#[derive(Debug, Serialize)]
struct PostLine<'a> {
    stage: Stage,
    post: &'a str,
    periods: f64,
    need_by_loads: f64,
    need: f64,
    staff: f64,
    balance: f64,
    /// Staff outside the establishment whom the post can do without.
    temporary_unneeded: f64,
    small_site: bool,
    stated: bool,
}

/// All units with their schools and posts.
pub fn posts_by_unit<'a>(situation: &'a Situation<'a>) -> Vec<PostsOfUnit<'a>> {
    let units = situation.district.unit_indices();
    units.map(|unit| posts_of_unit(situation, unit)).collect()
}

fn posts_of_unit<'a>(situation: &'a Situation<'a>, index: UnitIndex) -> PostsOfUnit<'a> {
    let district = situation.district;
    let unit = district.unit(index);
    let balance = situation.balances.unit(index);
    PostsOfUnit {
        code: &unit.code,
        name: &unit.name,
        establishment: balance.establishment,
        held: balance.held,
        balance: balance.balance(),
        by_ratio: decimal(balance.by_ratio),
        schools: district
            .school_indices()
            .filter(|&school| district.school(school).unit == index)
            .map(|school| posts_of_school(situation, school))
            .collect(),
    }
}

fn posts_of_school<'a>(situation: &'a Situation<'a>, index: SchoolIndex) -> PostsOfSchool<'a> {
    let school = situation.district.school(index);
    let posts = situation.posts.of_school(index).map(|(position, post)| {
        let staff = situation.balances.present(position);
        let outside = i64::from(situation.balances.outside(position));
        PostLine {
            stage: post.stage,
            post: &post.label,
            periods: post.periods.0 as f64 / 10.0,
            need_by_loads: decimal(post.need_by_loads),
            need: decimal(post.need),
            staff: decimal(staff),
            balance: decimal(staff - post.need),
            temporary_unneeded: decimal(dispensable(post.need, staff, outside)),
            small_site: post.small_site,
            stated: post.stated,
        }
    });
    PostsOfSchool {
        code: &school.code,
        name: &school.name,
        zone: school.zone,
        classes: school.classes.iter().map(|group| group.classes).sum(),
        pupils: school.classes.iter().map(|group| group.pupils).sum(),
        posts: posts
            .filter(|line| line.need > 0.0 || line.staff > 0.0)
            .collect(),
    }
}

/// The page of 核编定岗.
pub fn posts_page(units: &[PostsOfUnit<'_>], language: Language) -> String {
    let mut page = Page::new(language);
    for unit in units {
        unit_lines(&mut page, unit);
        for school in &unit.schools {
            school_lines(&mut page, school);
        }
    }
    page.finish()
}

fn unit_lines(page: &mut Page, unit: &PostsOfUnit<'_>) {
    let (code, name, held, ratio) = (unit.code, unit.name, unit.held, unit.by_ratio);
    let known = |number: Option<String>| number.unwrap_or_else(|| "—".to_owned());
    let establishment = known(unit.establishment.map(|posts| posts.to_string()));
    let balance = known(unit.balance.map(|balance| format!("{balance:+}")));
    let line = match page.language {
        Language::Chinese => format!(
            "{code} {name}：核定编制 {establishment}，占用 {held}，余缺 {balance}，按师生比 {ratio:.1}"
        ),
        Language::English => format!(
            "{code} {name}: establishment {establishment}, held {held}, balance {balance}, by \
             ratio {ratio:.1}"
        ),
    };
    page.heading(&line, &line);
}

fn school_lines(page: &mut Page, school: &PostsOfSchool<'_>) {
    let (code, name) = (school.code, school.name);
    let (classes, pupils) = (school.classes, school.pupils);
    let zone = page.pick(school.zone.chinese(), school.zone.code());
    let line = match page.language {
        Language::Chinese => format!("{code} {name}（{zone}，{classes} 班 {pupils} 人）"),
        Language::English => format!(
            "{code} {name} ({zone}, {}, {})",
            counted(classes, "class", "classes"),
            counted(pupils, "pupil", "pupils")
        ),
    };
    page.line(format!("  {line}"));
    let mut table = page.columns([
        ("学段", "Stage", Left),
        ("学科岗位", "Post", Left),
        ("周课时", "Lessons", Right),
        ("课时需求", "By loads", Right),
        ("折算需求", "Need", Right),
        ("任教", "Staff", Right),
        ("余缺", "Balance", Right),
        ("说明", "Remarks", Left),
    ]);
    for post in &school.posts {
        let mut remarks = String::new();
        if post.small_site {
            let _ = write!(remarks, "{} ", page.pick("小规模", "small site"));
        }
        if post.stated {
            let _ = write!(remarks, "{} ", page.pick("本局核定", "stated"));
        }
        if post.temporary_unneeded > 0.0 {
            let words = page.pick("编外可减", "can do without staff outside:");
            let _ = write!(remarks, "{words} {:.0}", post.temporary_unneeded);
        }
        table.push([
            page.pick(post.stage.chinese(), post.stage.code())
                .to_owned(),
            post.post.to_owned(),
            format!("{:.1}", post.periods),
            format!("{:.1}", post.need_by_loads),
            format!("{:.1}", post.need),
            format!("{:.1}", post.staff),
            format!("{:+.1}", post.balance),
            remarks.trim().to_owned(),
        ]);
    }
    page.block(&table);
}
