//! Where hard rules clash, and what must give.

mod view;
mod words;

pub use self::view::DiagnosisView;
use self::words::{amount_text, excepted_text, missed_text, steps, what};
use super::failed;
use super::tables::{COUNTED, Column, counts, level_cell, more, proven, with_levels};
use super::words::{locked_line, rule_name, scenario_cell, settled_line};
use crate::answers::{Attempt, Base, Diagnosis, Figures, Finding, Loosening, WayOut};
use crate::report::align::Side::{Left, Right};
use crate::report::align::TextTable;
use crate::report::language::{Language, counted};
use crate::report::page::Page;

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

impl<'a> DiagnosisPage<'a> {
    /// Of a diagnosis of a base's year.
    pub const fn new(base: &'a Base<'a>, diagnosis: &'a Diagnosis) -> Self {
        Self { base, diagnosis }
    }

    /// For programs.
    pub fn view(&self) -> DiagnosisView<'a> {
        DiagnosisView::of(self.diagnosis)
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
            ("全部规则只停用这条", "Without it alone", Left),
            ("其余都守时至少差", "Missed at least, all others kept", Left),
            ("依据", "Source", Left),
        ]);
        for member in &self.diagnosis.members {
            let without = match member.plan_without {
                Some(true) => language.pick("有方案", "there is a plan"),
                Some(false) => language.pick("还有别的冲突", "other rules clash still"),
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
        for member in &self.diagnosis.members {
            if let Some(settled) = settled_line(language, &member.rule) {
                let name = rule_name(language, &member.rule);
                page.line(format!("  {name}{}{settled}", page.pick("：", ": ")));
            }
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

    /// Where rules are missed that hold in many places, if no way out says so.
    fn places(&self, page: &mut Page) {
        let language = page.language;
        for member in &self.diagnosis.members {
            let Some(missed) = member.missed.as_ref().filter(|held| held.places.len() > 1) else {
                continue;
            };
            let told = |way: &WayOut| {
                let excepts = matches!(way.loosening, Loosening::Places { .. });
                excepts
                    && way
                        .rule
                        .as_ref()
                        .is_some_and(|rule| rule.id == member.rule.id)
            };
            if self.diagnosis.ways.iter().any(told) {
                continue;
            }
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
        self.recognitions(page);
        self.proofs(page);
        let nothing = self.diagnosis.ways.is_empty();
        let clashes = matches!(self.diagnosis.finding, Finding::Clashes | Finding::Locked);
        if nothing && clashes {
            page.line(page.pick("没有求得单独一处的出路", "no single way out was found"));
        }
    }

    /// Why more recognitions are no way out.
    fn recognitions(&self, page: &mut Page) {
        for member in &self.diagnosis.members {
            let Some(count) = member.recognisable else {
                continue;
            };
            page.line(match page.language {
                Language::Chinese => format!(
                    "  只增加双师型认定名额不够：符合认定条件（企业实践月数等）的专业课教师共 {count} 人"
                ),
                Language::English => format!(
                    "  More recognitions alone are not enough: {} the conditions (practice and others)",
                    counted(count, "programme teacher fulfils", "programme teachers fulfil")
                ),
            });
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
                format!("{} {}", number + 1, scenario_cell(language, &way.scenario)),
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

fn ended(outcome: &Attempt<Figures>, language: Language) -> String {
    let words = match outcome {
        Attempt::Planned(figures) => proven(figures, language),
        Attempt::Clashes { .. } => language.pick("仍有冲突", "clashes still"),
        failed => return failed::words(language, failed),
    };
    words.to_owned()
}
