//! Where hard rules clash, and what must give.

use serde::Serialize;
use serde_json::{Value, json};

use super::failed;
use super::tables::{COUNTED, Column, counts, level_cell, more, with_levels};
use super::words::{decimal, locked_line, rule_name};
use crate::answers::{
    Attempt, Base, Decimal, Diagnosis, Excepted, Figures, Finding, LetThrough, Locked, Loosening,
    Member, Missed, MissedUnit, NamedRule, WayOut,
};
use crate::domain::Persons;
use crate::policy::Fraction;
use crate::report::align::Side::{Left, Right};
use crate::report::align::TextTable;
use crate::report::language::{Language, counted};
use crate::report::page::Page;
use crate::scenario::Change;

/// Places named of each rule at most; the JSON has all.
const NAMED: usize = 12;

/// The first columns of the plans of ways out.
const FIRST: [Column; 2] = [("出路", "Way out", Left), ("结果", "Outcome", Left)];

/// A diagnosis, as page and JSON.
#[derive(Debug, Clone, Copy)]
pub struct DiagnosisPage<'a> {
    base: &'a Base<'a>,
    diagnosis: &'a Diagnosis,
}

/// All that was found, for programs.
#[derive(Debug, Serialize)]
pub struct DiagnosisView<'a> {
    schema: &'static str,
    /// `plan`, `clash`, `locked`, `unknown`.
    finding: &'static str,
    clash: Vec<MemberView<'a>>,
    untried: &'a [NamedRule],
    locked: &'a [Locked],
    ways_out: Vec<WayView<'a>>,
}

#[derive(Debug, Serialize)]
struct MemberView<'a> {
    #[serde(flatten)]
    rule: &'a NamedRule,
    source: &'a str,
    plan_without_it: Option<bool>,
    missed: Option<Value>,
}

#[derive(Debug, Serialize)]
struct WayView<'a> {
    rule: Option<&'a str>,
    loosening: Value,
    /// Whether a unit less is proven to give no plan.
    proven: bool,
    /// Persons placed as they could not be before, at least.
    persons: Option<i64>,
    persons_proven: Option<bool>,
    scenario: &'a str,
    changes: Vec<String>,
    /// `planned`, `clash`, `locked`, `refused`, `unknown`; null where no plan was asked for.
    outcome: Option<&'static str>,
    figures: Option<&'a Figures>,
}

impl<'a> DiagnosisPage<'a> {
    /// Of a diagnosis of a base's year.
    pub const fn new(base: &'a Base<'a>, diagnosis: &'a Diagnosis) -> Self {
        Self { base, diagnosis }
    }

    /// For programs.
    pub fn view(&self) -> DiagnosisView<'a> {
        let members = self.diagnosis.members.iter();
        DiagnosisView {
            schema: "shizi-diagnosis-1",
            finding: match self.diagnosis.finding {
                Finding::HasPlan => "plan",
                Finding::Clashes => "clash",
                Finding::Locked => "locked",
                Finding::Unknown => "unknown",
            },
            clash: members.map(member_view).collect(),
            untried: &self.diagnosis.untried,
            locked: &self.diagnosis.locked,
            ways_out: self.diagnosis.ways.iter().map(way_view).collect(),
        }
    }

    /// To read: all but the plans of the ways out.
    pub fn text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        let district = &self.base.context.situation.district.name;
        let found = match self.diagnosis.finding {
            Finding::HasPlan => language.pick(
                "没有冲突：已求得一个守住全部硬性规则和锁定的方案",
                "no clash: a plan was found that keeps every hard rule and lock",
            ),
            Finding::Clashes => language.pick(
                "没有方案：硬性规则不能同时成立（已证明）",
                "no plan: hard rules cannot all hold (proven)",
            ),
            Finding::Locked => language.pick(
                "没有方案：有的锁定，规则之内无论怎样安排都满足不了",
                "no plan: some lock is met by nothing that the rules leave",
            ),
            Finding::Unknown => language.pick(
                "未能判断：在工作量限度内既没有求得方案，也没有证明没有方案",
                "not determined: no plan was found, and no proof that there is none",
            ),
        };
        page.line(format!("{district}{}{found}", language.pick("：", ": ")));
        self.locks(&mut page);
        self.members(&mut page);
        self.places(&mut page);
        self.ways(&mut page);
        page.finish()
    }

    fn locks(&self, page: &mut Page) {
        if self.diagnosis.locked.is_empty() {
            return;
        }
        page.section("满足不了的锁定", "Locks that nothing meets");
        for locked in &self.diagnosis.locked {
            page.line(format!("  {}", locked_line(page.language, locked)));
        }
    }

    fn members(&self, page: &mut Page) {
        let language = page.language;
        let mut table = page.columns([
            ("规则", "Rule", Left),
            ("若停用", "Without it", Left),
            ("其余都守时至少差", "Missed at least, all others kept", Left),
            ("依据", "Source", Left),
        ]);
        for member in &self.diagnosis.members {
            let without = match member.plan_without {
                Some(true) => language.pick("有方案", "there is a plan"),
                Some(false) => language.pick("别处仍有冲突", "other rules clash still"),
                None => language.pick("未能判断", "not determined"),
            };
            table.push([
                rule_name(language, &member.rule),
                without.to_owned(),
                member
                    .missed
                    .as_ref()
                    .map_or_else(|| "—".to_owned(), |missed| missed_text(missed, language)),
                if member.source.is_empty() {
                    language.pick("政策文件未列", "none given").to_owned()
                } else {
                    member.source.clone()
                },
            ]);
        }
        if self.diagnosis.finding == Finding::Locked {
            page.table_section("挡住锁定的规则", "Rules in the way of the locks", &table);
        } else {
            page.table_section(
                "互相冲突的规则（不能同时成立；少了其中任何一条，其余各条就能同时成立）",
                "The rules that clash (they cannot all hold; without any one of them the others can)",
                &table,
            );
        }
        if !self.diagnosis.untried.is_empty() {
            page.line(page.pick(
                "  是否参与冲突未能判断的规则：",
                "  Rules that may take part in it or not:",
            ));
            for rule in &self.diagnosis.untried {
                page.line(format!("    {}", rule_name(language, rule)));
            }
        }
    }

    /// Where rules are missed that hold in many places.
    fn places(&self, page: &mut Page) {
        let language = page.language;
        for member in &self.diagnosis.members {
            let Some(missed) = member.missed.as_ref().filter(|held| held.places.len() > 1) else {
                continue;
            };
            let title = language.title(&member.rule.title, &member.rule.title_english);
            page.heading(
                &format!("“{title}”差在这些地方（人数合计最少的一种）"),
                &format!("Where `{title}` is missed (one choice of fewest persons in all)"),
            );
            let named = missed.places.iter().take(NAMED);
            let named: Vec<String> = named
                .map(|(place, amount)| {
                    let amount = amount_text((*amount, missed.unit), language);
                    format!("{place} {amount}")
                })
                .collect();
            page.line(format!("  {}", named.join(page.pick("；", "; "))));
            let left = missed.places.len().saturating_sub(NAMED);
            if left > 0 {
                page.line(format!("  {}", more(language, left, "处")));
            }
        }
    }

    fn ways(&self, page: &mut Page) {
        let language = page.language;
        let mut table = page.columns([
            ("出路", "Way out", Left),
            ("放宽什么", "What gives way", Left),
            ("现为", "Now", Right),
            ("放宽到", "Then", Right),
            ("放宽", "By", Right),
            ("证明", "Proof", Left),
            ("由此才能这样安排的人", "Placed only so", Right),
        ]);
        for (number, way) in self.diagnosis.ways.iter().enumerate() {
            let [from, to, by] = steps(&way.loosening, language);
            let proven = match (&way.loosening, way.proven) {
                (Loosening::Out { .. } | Loosening::Unlock { .. }, _) => "—",
                (Loosening::Together { .. }, true) => language.pick("缺一不可", "none to spare"),
                (_, true) => language.pick("已证明最少", "proven least"),
                (_, false) => language.pick("未证明最少", "not proven least"),
            };
            let users = way.users.map_or_else(
                || "—".to_owned(),
                |(persons, proven)| match (proven, language) {
                    (true, Language::Chinese) => format!("至少 {persons}"),
                    (true, Language::English) => format!("at least {persons}"),
                    (false, _) => format!("≤ {persons}"),
                },
            );
            let number = (number + 1).to_string();
            let what = what(way, language);
            table.push([number, what, from, to, by, proven.to_owned(), users]);
        }
        page.table_section(
            "出路（每条只放宽这一处，其余规则照旧）",
            "Ways out (in each nothing but this gives way)",
            &table,
        );
        self.exceptions(page);
        self.proofs(page);
        let nothing = self.diagnosis.ways.is_empty();
        let clashes = matches!(self.diagnosis.finding, Finding::Clashes | Finding::Locked);
        if nothing && clashes {
            page.line(page.pick("没有求得单独一处的出路", "no single way out was found"));
        }
    }

    /// What the words for proofs say.
    fn proofs(&self, page: &mut Page) {
        let ways = || self.diagnosis.ways.iter();
        let is_together = |way: &WayOut| matches!(way.loosening, Loosening::Together { .. });
        if ways().any(|way| way.proven && is_together(way)) {
            page.line(page.pick(
                "  “缺一不可”：同时改这几处有方案（已证明）；其中任何一条规则不改，其余照改，就没有",
                "  `none to spare`: with all these changes there is a plan (proven); without those of any \
                 one rule there is none",
            ));
        }
        if ways().any(|way| way.proven && !is_together(way)) {
            page.line(page.pick(
                "  “已证明最少”：放宽到这个值有方案；少放宽一格（1人、0.1个百分点、差异系数0.001、每百名学生0.01人，\
                 或路程的前一档分钟数）就没有",
                "  `proven least`: at this value there is a plan; one step less (1 person, 0.1 points, \
                 0.001 of a coefficient, 0.01 persons for each hundred pupils, the next shorter way) \
                 gives none",
            ));
        }
        if ways().any(|way| matches!(way.loosening, Loosening::Except { .. })) {
            page.line(page.pick(
                "  “破例”只放行所需的最少几人（几对、几处岗位），规则对其他人照旧；是哪些，见 --out 的 \
                 scenarios.toml（内部使用）",
                "  An exception lets through no more than must be, and the rule holds for all others; who \
                 they are stands in the scenarios.toml of --out, for internal use",
            ));
        }
    }

    /// The exceptions of ways out, place by place.
    fn exceptions(&self, page: &mut Page) {
        let language = page.language;
        let mut any = false;
        for (number, way) in self.diagnosis.ways.iter().enumerate() {
            let Loosening::Places { places, .. } = &way.loosening else {
                continue;
            };
            any |= way.proven;
            let named = places.iter().take(NAMED);
            let named: Vec<String> = named.map(|held| excepted_text(held, language)).collect();
            let more = places.len().saturating_sub(NAMED);
            let more = match (more, language) {
                (0, _) => String::new(),
                (more, Language::Chinese) => format!("；……另 {more} 处"),
                (more, Language::English) => format!("; ... and {more} more"),
            };
            let named = named.join(page.pick("；", "; "));
            page.line(match language {
                Language::Chinese => format!("  出路 {}：{named}{more}", number + 1),
                Language::English => format!("  way {}: {named}{more}", number + 1),
            });
        }
        if any {
            page.line(page.pick(
                "  例外“已证明最少”：各处放宽的人数合计再少一人，无论放在哪些地方都没有方案",
                "  exceptions `proven least`: of one person less in all, at whatever places, none give a plan",
            ));
        }
    }

    /// The plans of the ways out side by side, to read after the rest.
    pub fn plans(&self, language: Language) -> String {
        let mut page = Page::new(language);
        let levels = self.base.context.situation.policy.levels.iter();
        let titles = levels.map(|level| (&level.title, &level.title_english));
        let header = with_levels(language, &[&FIRST[..], &COUNTED].concat(), titles, &[]);
        let width = header.len();
        let mut table = TextTable::new(header);
        for (number, way) in self.diagnosis.ways.iter().enumerate() {
            let Some(outcome) = &way.outcome else {
                continue;
            };
            let mut row = vec![
                format!("{} {}", number + 1, way.scenario.name),
                ended(outcome, language),
            ];
            if let Some(figures) = outcome.planned() {
                row.extend(counts(figures));
                row.extend(figures.levels.iter().map(level_cell));
            }
            row.resize(width, String::new());
            table.push(row);
        }
        page.table_section(
            "各条出路的方案（层级数值越小越好）",
            "The plans of the ways out (of levels, less is better)",
            &table,
        );
        page.finish()
    }
}

/// By how many persons a rule is missed, in a few words.
fn missed_text(missed: &Missed, language: Language) -> String {
    let few: i64 = missed
        .places
        .iter()
        .map(|(_, amount)| (-amount).max(0))
        .sum();
    let many = missed.amount - few;
    let sign = if missed.proven { "" } else { "≤ " };
    let text = [
        (few, language.pick("少", "too few")),
        (many, language.pick("多", "too many")),
    ];
    let text = text.into_iter().filter(|(amount, _)| *amount > 0);
    let text: Vec<String> = text
        .map(|(amount, word)| match (missed.unit, language) {
            (MissedUnit::Pairs, Language::Chinese) => format!("{sign}{amount} 对同单位"),
            (MissedUnit::Pairs, Language::English) => format!("{sign}{amount} in one unit"),
            (MissedUnit::Thousandths, Language::Chinese) => {
                format!("{word} {sign}{} 人", Persons(amount))
            }
            (MissedUnit::Thousandths, Language::English) => {
                format!("{sign}{} {word}", Persons(amount))
            }
            (MissedUnit::Persons, Language::Chinese) => format!("{word} {sign}{amount} 人"),
            (MissedUnit::Persons, Language::English) => format!("{sign}{amount} {word}"),
        })
        .collect();
    text.join(language.pick("、", ", "))
}

fn amount_text((amount, unit): (i64, MissedUnit), language: Language) -> String {
    let persons = match unit {
        MissedUnit::Thousandths => Persons(amount.abs()).to_string(),
        MissedUnit::Persons | MissedUnit::Pairs => amount.abs().to_string(),
    };
    match (language, amount < 0) {
        (Language::Chinese, true) => format!("少 {persons} 人"),
        (Language::Chinese, false) => format!("多 {persons} 人"),
        (Language::English, true) => format!("{persons} too few"),
        (Language::English, false) => format!("{persons} too many"),
    }
}

/// An exception in a few words: `S059 城关小学 至多 3→5`.
fn excepted_text(held: &Excepted, language: Language) -> String {
    let limit = match held.name {
        "at_least" => language.pick("至少", "at least"),
        "at_most" => language.pick("至多", "at most"),
        _ => language.pick("正好", "exactly"),
    };
    let (place, title, from, to) = (&held.place, &held.title, held.from, held.to);
    if place == title {
        format!("{place} {limit} {from}→{to}")
    } else {
        format!("{place} {title} {limit} {from}→{to}")
    }
}

fn what(way: &WayOut, language: Language) -> String {
    let rule = || {
        way.rule
            .as_ref()
            .map_or_else(String::new, |rule| rule_name(language, rule))
    };
    match &way.loosening {
        Loosening::Number { key, .. } | Loosening::Share { key, .. } => {
            let title = way.rule.as_ref();
            let title = title.map_or("", |rule| language.title(&rule.title, &rule.title_english));
            match language {
                Language::Chinese => format!("“{title}”（{key}）"),
                Language::English => format!("`{key}` ({title})"),
            }
        }
        Loosening::Decimal { key, what, .. } => match language {
            Language::Chinese => format!("“{what}”（{key}）"),
            Language::English => format!("`{key}` ({what})"),
        },
        Loosening::Except { .. } => match language {
            Language::Chinese => format!("破例：{}", rule()),
            Language::English => format!("exceptions from {}", rule()),
        },
        Loosening::Places { key, .. } => {
            let title = way.rule.as_ref();
            let title = title.map_or("", |rule| language.title(&rule.title, &rule.title_english));
            match language {
                Language::Chinese => format!("“{title}”个别地方例外（{key}）"),
                Language::English => format!("`{key}`: exceptions ({title})"),
            }
        }
        Loosening::Lever {
            lever,
            title,
            title_english,
            ..
        } => {
            let title = language.title(title, title_english);
            match language {
                Language::Chinese => format!("“{title}”（{lever}.at_most）"),
                Language::English => format!("`{lever}.at_most` ({title})"),
            }
        }
        Loosening::Out { .. } => match language {
            Language::Chinese => format!("停用{}", rule()),
            Language::English => format!("without {}", rule()),
        },
        Loosening::Unlock { locks } => {
            let locks = locks.join(language.pick("、", ", "));
            format!("{}{locks}", language.pick("取消锁定 ", "take off "))
        }
        Loosening::Together { changes } => {
            let changes = changes.join(language.pick("，", ", "));
            format!("{}{changes}", language.pick("同时：", "together: "))
        }
    }
}

/// From what, to what, and by how much.
fn steps(loosening: &Loosening, language: Language) -> [String; 3] {
    let by = |from: i64, to: i64, minutes: bool| {
        let unit = if minutes {
            language.pick(" 分钟", " min")
        } else {
            ""
        };
        [
            from.to_string(),
            to.to_string(),
            format!("{:+}{unit}", to - from),
        ]
    };
    match loosening {
        Loosening::Number {
            from, to, minutes, ..
        } => by(*from, *to, *minutes),
        Loosening::Lever { from, to, .. } => by(*from, *to, false),
        Loosening::Decimal { from, to, .. } => decimals(*from, *to),
        Loosening::Except { excepted, .. } => [
            "—".to_owned(),
            "—".to_owned(),
            let_through(excepted, language),
        ],
        Loosening::Places {
            persons, places, ..
        } => {
            let (count, persons) = (places.len(), *persons);
            match language {
                Language::Chinese => [
                    "—".to_owned(),
                    format!("{count} 处"),
                    format!("共 {persons} 人"),
                ],
                Language::English => [
                    "-".to_owned(),
                    format!("{count} places"),
                    format!("{persons} in all"),
                ],
            }
        }
        Loosening::Share { from, to, .. } => {
            let points = |share: &crate::policy::Fraction| {
                share.numerator as f64 * 100.0 / share.denominator as f64
            };
            let unit = language.pick(" 个百分点", " points");
            [
                from.to_string(),
                to.to_string(),
                format!("{:+.1}{unit}", points(to) - points(from)),
            ]
        }
        Loosening::Out { .. } | Loosening::Unlock { .. } | Loosening::Together { .. } => {
            ["—"; 3].map(str::to_owned)
        }
    }
}

/// A decimal number, another one, and by how much that is more or less.
fn decimals(from: Fraction, to: Fraction) -> [String; 3] {
    let (above, below) = (
        to.numerator * from.denominator,
        to.denominator * from.numerator,
    );
    let sign = if above < below { "-" } else { "+" };
    let more = Fraction::new((above - below).abs(), from.denominator * to.denominator);
    let more = more.map_or(String::new(), number);
    [number(from), number(to), format!("{sign}{more}")]
}

/// How many a rule lets through.
fn let_through(excepted: &LetThrough, language: Language) -> String {
    match (excepted, language) {
        (LetThrough::Persons(count), Language::Chinese) => format!("{count} 人"),
        (LetThrough::Persons(count), Language::English) => counted(*count, "person", "persons"),
        (LetThrough::Pairs(count), Language::Chinese) => format!("{count} 对"),
        (LetThrough::Pairs(count), Language::English) => counted(*count, "pair", "pairs"),
        (
            LetThrough::Posts {
                posts,
                persons,
                lessons,
            },
            _,
        ) => {
            let lessons = decimal(*lessons as f64 / 10.0);
            match language {
                Language::Chinese => {
                    format!("{posts} 处岗位，{persons} 人（每周 {lessons} 节）")
                }
                Language::English => {
                    let posts = counted(*posts, "post", "posts");
                    format!("{posts}, {persons} persons ({lessons} lessons a week)")
                }
            }
        }
    }
}

/// A number as it is written in a policy: `0.45`.
fn number(number: Fraction) -> String {
    (number.numerator as f64 / number.denominator as f64).to_string()
}

fn ended(outcome: &Attempt<Figures>, language: Language) -> String {
    let words = match outcome {
        Attempt::Planned(figures) if figures.status == "optimal" => {
            language.pick("已证明最优", "proven best")
        }
        Attempt::Planned(_) => language.pick("可行", "feasible"),
        Attempt::Clashes { .. } => language.pick("仍有冲突", "clashes still"),
        failed => return failed::words(language, failed),
    };
    words.to_owned()
}

fn member_view(member: &Member) -> MemberView<'_> {
    MemberView {
        rule: &member.rule,
        source: &member.source,
        plan_without_it: member.plan_without,
        missed: member.missed.as_ref().map(|missed| {
            let places = missed.places.iter();
            let amount = |amount: i64| match missed.unit {
                MissedUnit::Thousandths => json!(amount as f64 / 1000.0),
                MissedUnit::Persons | MissedUnit::Pairs => json!(amount),
            };
            let key = match missed.unit {
                MissedUnit::Pairs => "pairs",
                MissedUnit::Persons | MissedUnit::Thousandths => "persons",
            };
            let places: Vec<Value> = places
                .map(|(place, held)| json!({ "place": place, key: amount(*held) }))
                .collect();
            json!({ key: amount(missed.amount), "proven": missed.proven, "places": places })
        }),
    }
}

fn way_view(way: &WayOut) -> WayView<'_> {
    let changes = way.scenario.changes.iter();
    WayView {
        rule: way.rule.as_ref().map(|rule| rule.id.as_str()),
        loosening: loosening_view(&way.loosening),
        proven: way.proven,
        persons: way.users.map(|(persons, _)| persons),
        persons_proven: way.users.map(|(_, proven)| proven),
        scenario: &way.scenario.name,
        changes: changes.map(|change| change_text(change, way)).collect(),
        outcome: way.outcome.as_ref().map(Attempt::code),
        figures: way.outcome.as_ref().and_then(Attempt::planned),
    }
}

/// A change as it is written; whom a rule lets through is only counted.
fn change_text(change: &Change, way: &WayOut) -> String {
    match (change, &way.loosening) {
        (
            Change::Set { key, .. },
            Loosening::Except {
                key: held,
                excepted,
            },
        ) if key == held => {
            format!("{key}={excepted}")
        }
        _ => change.to_string(),
    }
}

fn loosening_view(loosening: &Loosening) -> Value {
    match loosening {
        Loosening::Number {
            key,
            from,
            to,
            minutes,
        } => {
            let unit = if *minutes { "minutes" } else { "count" };
            json!({ "kind": "number", "key": key, "unit": unit, "from": from, "to": to })
        }
        Loosening::Share { key, from, to } => {
            let (from, to) = (from.to_string(), to.to_string());
            json!({ "kind": "share", "key": key, "from": from, "to": to })
        }
        Loosening::Decimal {
            key,
            what,
            from,
            to,
            unit,
        } => {
            let unit = match unit {
                Decimal::Coefficient => "coefficient",
                Decimal::PerHundred => "persons-per-100-pupils",
            };
            let value = |held: &Fraction| held.numerator as f64 / held.denominator as f64;
            let (from, to) = (value(from), value(to));
            json!({ "kind": "decimal", "key": key, "of": what, "unit": unit, "from": from, "to": to })
        }
        Loosening::Except { key, excepted } => match excepted {
            LetThrough::Persons(count) => json!({ "kind": "except", "key": key, "persons": count }),
            LetThrough::Pairs(count) => json!({ "kind": "except", "key": key, "pairs": count }),
            LetThrough::Posts {
                posts,
                persons,
                lessons,
            } => json!({
                "kind": "except",
                "key": key,
                "posts": posts,
                "persons": persons.0 as f64 / 1000.0,
                "lessons": *lessons as f64 / 10.0,
            }),
        },
        Loosening::Lever {
            lever, from, to, ..
        } => json!({ "kind": "lever", "lever": lever, "from": from, "to": to }),
        Loosening::Places {
            key,
            persons,
            places,
        } => {
            let places = places.iter().map(|held| {
                json!({
                    "place": held.place, "title": held.title, "limit": held.name,
                    "from": held.from, "to": held.to,
                })
            });
            let places: Vec<Value> = places.collect();
            json!({ "kind": "places", "key": key, "persons": persons, "places": places })
        }
        Loosening::Out { rule } => json!({ "kind": "without", "rule": rule }),
        Loosening::Unlock { locks } => json!({ "kind": "unlock", "locks": locks }),
        Loosening::Together { changes } => json!({ "kind": "together", "changes": changes }),
    }
}
