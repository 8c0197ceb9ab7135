//! Several years: indicators by year, who must be recruited, what was assumed.

mod assumptions;
mod indicators;

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::failed;
use assumptions::assumptions;
use indicators::{Indicator, indicators};

use crate::account::{Fairness, FairnessRow, Group};
use crate::domain::plan_files::{FAIRNESS, FORECAST_SCHEMA};
use crate::domain::{District, Stage, Zone};
use crate::forecast::{
    Dropped, Forecast, Outlook, Placed, Recruiting, YearAnswer, YearFigures,
    counts_exchanges_itself,
};
use crate::ingest::write_csv;
use crate::policy::Policy;
use crate::report::align::Side::{Left, Right};
use crate::report::align::TextTable;
use crate::report::fairness::fairness_columns;
use crate::report::language::Language;
use crate::report::page::Page;

/// Columns of the table of indicators before those of the years.
const INDICATOR: [&str; 4] = ["补充方式", "范围", "指标", "单位"];

/// After the name of an attribute that the rosters do not have, and that is counted from the first year on.
const SINCE: &str = "（展望以来）";

/// Columns of the table of recruits.
const RECRUIT: [&str; 7] = ["补充方式", "学年", "学段", "学科", "城乡", "渠道", "人数"];

/// A forecast, to read and for tables and programs.
#[derive(Debug, Clone, Copy)]
pub struct ForecastPage<'a> {
    district: &'a District,
    policy: &'a Policy,
    outlook: &'a Outlook,
    forecast: &'a Forecast,
}

/// All that was found, for programs.
#[derive(Debug, Serialize)]
pub struct ForecastView<'a> {
    schema: &'static str,
    district: &'a str,
    policy: &'a str,
    outlook: &'a str,
    /// What a recruit must bring, in weighted persons.
    worth: f64,
    /// Where the rosters do not say how many exchanges were made: the first year, from which they are
    /// counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    exchanges_since: Option<String>,
    /// Whom the plans ask with the levers of the policy, each person in each year.
    fairness: Vec<FairnessRow>,
    /// With the levers of the policy.
    as_planned: Vec<YearView<'a>>,
    /// With everybody recruited who is needed.
    filled: Vec<YearView<'a>>,
}

#[derive(Debug, Serialize)]
struct YearView<'a> {
    year: String,
    /// `planned`, `refused`, `locked`, `clash`, `unknown`.
    outcome: &'static str,
    /// What policy and outlook said of people who have left meanwhile.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    dropped: &'a [Dropped],
    #[serde(flatten)]
    figures: Option<&'a YearFigures>,
}

impl<'a> ForecastPage<'a> {
    /// Of a district's years under a policy.
    pub const fn new(
        (district, policy): (&'a District, &'a Policy),
        outlook: &'a Outlook,
        forecast: &'a Forecast,
    ) -> Self {
        Self {
            district,
            policy,
            outlook,
            forecast,
        }
    }

    /// For programs.
    pub fn view(&self) -> ForecastView<'a> {
        let years = |answers: &'a [YearAnswer]| {
            let years = answers.iter().map(|answer| YearView {
                year: answer.begin.to_string(),
                outcome: answer.outcome.code(),
                dropped: &answer.dropped,
                figures: answer.outcome.planned(),
            });
            years.collect()
        };
        ForecastView {
            schema: FORECAST_SCHEMA,
            district: &self.district.name,
            policy: &self.policy.id,
            outlook: &self.outlook.title,
            worth: self.forecast.worth as f64 / 1000.0,
            exchanges_since: self.exchanges_since(),
            fairness: self.fairness().rows().collect(),
            as_planned: years(&self.forecast.as_planned),
            filled: years(&self.forecast.filled),
        }
    }

    /// The indicators of both ways as CSV: one row an indicator, one column a year.
    ///
    /// # Errors
    /// What the writer says.
    pub fn csv(&self, writer: &mut impl Write) -> io::Result<()> {
        let mut header: Vec<String> = INDICATOR.iter().map(|&name| name.to_owned()).collect();
        header.extend(self.years());
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let mut rows = Vec::new();
        for way in [Recruiting::AsPlanned, Recruiting::Filled] {
            for held in self.indicators(way, Language::Chinese) {
                let mut row = vec![
                    way_name(way, Language::Chinese).to_owned(),
                    held.scope,
                    held.name,
                    held.unit,
                ];
                row.extend(held.cells);
                row.resize(header.len(), String::new());
                rows.push(row);
            }
        }
        write_csv(writer, &header, rows)
    }

    /// Who is recruited in each year, in which subject and where, as CSV.
    ///
    /// # Errors
    /// What the writer says.
    pub fn recruits_csv(&self, writer: &mut impl Write) -> io::Result<()> {
        let mut rows = Vec::new();
        for way in [Recruiting::AsPlanned, Recruiting::Filled] {
            for (begin, figures) in self.planned(way) {
                rows.extend(figures.recruits.iter().map(|held| {
                    vec![
                        way_name(way, Language::Chinese).to_owned(),
                        begin.clone(),
                        held.stage.chinese().to_owned(),
                        held.subject.clone(),
                        held.zone.chinese().to_owned(),
                        held.title.clone(),
                        held.count.to_string(),
                    ]
                }));
            }
        }
        write_csv(writer, &RECRUIT, rows)
    }

    /// Whom the plans ask in each year and in all, group by group, as CSV; with the policy's levers.
    ///
    /// # Errors
    /// What the writer says.
    pub fn fairness_csv(&self, writer: &mut impl Write) -> io::Result<()> {
        let mut header = vec!["学年"];
        header.extend(FAIRNESS.1);
        let mut rows = Vec::new();
        let since = counts_exchanges_itself(self.district);
        let mut push = |year: &str, fairness: &Fairness| {
            rows.extend(fairness.rows().map(|row| {
                let mut cells = vec![year.to_owned()];
                cells.extend(row.cells());
                if since && matches!(row.group, Group::Exchanges(_)) {
                    cells[1].push_str(SINCE);
                }
                cells
            }));
        };
        for (begin, figures) in self.planned(Recruiting::AsPlanned) {
            push(&begin, &figures.fairness);
        }
        push("合计", &self.fairness());
        write_csv(writer, &header, rows)
    }

    /// Whom the plans of all years ask.
    fn fairness(&self) -> Fairness {
        let mut all = Fairness::default();
        for (_, figures) in self.planned(Recruiting::AsPlanned) {
            all += &figures.fairness;
        }
        all
    }

    /// To read.
    pub fn text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        let district = &self.district.name;
        let title = &self.outlook.title;
        let (first, last) = (self.years().next(), self.years().last());
        let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
        page.line(match language {
            Language::Chinese => format!(
                "{district}：逐年展望，{first} 至 {last}（每年重新求解，上一年方案执行后再编下一年）{title}"
            ),
            Language::English => format!(
                "{district}: forecast, {first} to {last} (every year is a solve of its own, begun with \
                 what the one before left) {title}"
            ),
        });
        self.indicator_table(&mut page, Recruiting::AsPlanned);
        self.recruit_tables(&mut page);
        let fairness = fairness_columns(&page, &self.fairness());
        page.table_section(
            "公平：各年合计（人次；符合交流条件的人中方案派出多少，按平均比例多派或少派几人；按现有渠道）",
            "Fairness over the years (each person in each year: of those eligible for exchange, whom the \
             plans send; more or fewer than at an even share; as planned)",
            &fairness,
        );
        if self.exchanges_since().is_some() {
            page.line(page.pick(
                "  交流次数：花名册没有这一列，此前去过几次不详；这里只是展望第一年以来的次数。",
                "  Exchanges: the rosters do not say how many were made before; these are the ones since the \
                 first year.",
            ));
        }
        self.indicator_table(&mut page, Recruiting::Filled);
        for (way, answers) in [
            (Recruiting::AsPlanned, &self.forecast.as_planned),
            (Recruiting::Filled, &self.forecast.filled),
        ] {
            for answer in answers {
                let name = format!("{} {}", answer.begin, way_name(way, language));
                failed::section(&mut page, &name, &answer.outcome);
            }
        }
        assumptions(&mut page, self.district, (self.outlook, self.forecast));
        page.finish()
    }

    /// The first year, where exchanges are counted from it on because the rosters do not say.
    fn exchanges_since(&self) -> Option<String> {
        counts_exchanges_itself(self.district).then(|| self.district.year_begin.to_string())
    }

    /// The years that were to be planned.
    fn years(&self) -> impl Iterator<Item = String> + use<> {
        let (begin, count) = (self.district.year_begin, self.outlook.years);
        (0..count as i32).map(move |year| begin.plus(12 * year).to_string())
    }

    fn answers(&self, way: Recruiting) -> &'a [YearAnswer] {
        match way {
            Recruiting::AsPlanned => &self.forecast.as_planned,
            Recruiting::Filled => &self.forecast.filled,
        }
    }

    /// The years that have a plan.
    fn planned(&self, way: Recruiting) -> impl Iterator<Item = (String, &'a YearFigures)> {
        let answers = self.answers(way).iter();
        answers.filter_map(|answer| Some((answer.begin.to_string(), answer.outcome.planned()?)))
    }

    fn indicators(&self, way: Recruiting, language: Language) -> Vec<Indicator> {
        let years: Vec<&YearFigures> = self.planned(way).map(|(_, figures)| figures).collect();
        indicators(&years, language)
    }

    fn indicator_table(&self, page: &mut Page, way: Recruiting) {
        let language = page.language;
        let mut header = vec![
            (language.pick("范围", "Of").to_owned(), Left),
            (language.pick("指标", "Indicator").to_owned(), Left),
        ];
        header.extend(self.years().map(|year| (year, Right)));
        let mut table = TextTable::new(header);
        let mut scope = String::new();
        for held in self.indicators(way, language) {
            let shown = if held.scope == scope {
                String::new()
            } else {
                held.scope.clone()
            };
            scope.clone_from(&held.scope);
            // What counts classes need not say so twice.
            let name = if held.unit.is_empty() || held.name.contains(&held.unit) {
                held.name
            } else {
                match language {
                    Language::Chinese => format!("{}（{}）", held.name, held.unit),
                    Language::English => format!("{} ({})", held.name, held.unit),
                }
            };
            let mut row = vec![shown, name];
            row.extend(held.cells);
            table.push(row);
        }
        let (chinese, english) = match way {
            Recruiting::AsPlanned => (
                "各年指标：按政策现有的补充渠道",
                "Indicators: with the levers that the policy has",
            ),
            Recruiting::Filled => (
                "各年指标：缺岗逐年补足以后",
                "Indicators: with everybody recruited who is needed",
            ),
        };
        page.table_section(chinese, english, &table);
        page.line(page.pick(
            "  * 未达到；≤ 尚未证明最优；— 当年没有这条规则",
            "  * missed; ≤ not proven best; — no such rule in that year",
        ));
    }

    /// Who must be recruited, by stage and subject and by zone, and what is missing even then.
    fn recruit_tables(&self, page: &mut Page) {
        let language = page.language;
        let years: Vec<(String, &YearFigures)> = self.planned(Recruiting::Filled).collect();
        let worth = self.forecast.worth as f64 / 1000.0;
        let mut table = self.by_year(page, ("学段 学科", "Stage, subject"));
        let subjects: Vec<BTreeMap<(Stage, String), u32>> = years
            .iter()
            .map(|(_, held)| summed(&held.recruits, |one| (one.stage, one.subject.clone())))
            .collect();
        for (stage, subject) in keys(&subjects) {
            let name = format!("{} {subject}", language.pick(stage.chinese(), stage.code()));
            push_counts(&mut table, &name, &subjects, &(stage, subject));
        }
        let zones: Vec<BTreeMap<Zone, u32>> = years
            .iter()
            .map(|(_, held)| summed(&held.recruits, |one| one.zone))
            .collect();
        for zone in keys(&zones) {
            let of = language.pick("其中：", "of these: ");
            let name = format!("{of}{}", language.pick(zone.chinese(), zone.code()));
            push_counts(&mut table, &name, &zones, &zone);
        }
        let all: Vec<BTreeMap<(), u32>> = years
            .iter()
            .map(|(_, held)| summed(&held.recruits, |_| ()))
            .collect();
        push_counts(&mut table, language.pick("合计", "all"), &all, &());
        page.table_section(
            &format!(
                "每年应补充的教师（人；编制限额以内，每人至少补 {worth} 个折算缺额，含现有渠道；上年已补的不再重复计）"
            ),
            &format!(
                "Whom to recruit in each year (persons; within the establishment, each worth {worth} \
                 weighted persons at least, by the policy's levers or others; those of earlier years \
                 are there)"
            ),
            &table,
        );
        if years.is_empty() {
            return;
        }
        page.line(page.pick(
            "补足以后仍缺的，是编制已满的单位的缺额，或不足半人的零星缺额；见补足以后的指标。",
            "What is missing even then is at units whose establishment is full, or in parts of persons: \
             see the indicators with everybody recruited.",
        ));
    }

    /// A table with a column for each year and one for their sum.
    fn by_year(&self, page: &Page, (chinese, english): (&str, &str)) -> TextTable {
        let mut header = vec![(page.pick(chinese, english).to_owned(), Left)];
        header.extend(self.years().map(|year| (year, Right)));
        header.push((page.pick("合计", "sum").to_owned(), Right));
        TextTable::new(header)
    }
}

const fn way_name(way: Recruiting, language: Language) -> &'static str {
    match way {
        Recruiting::AsPlanned => language.pick("现有渠道", "as planned"),
        Recruiting::Filled => language.pick("缺岗补足", "filled"),
    }
}

/// Sums of recruits by a key.
fn summed<Key: Ord>(recruits: &[Placed], key: impl Fn(&Placed) -> Key) -> BTreeMap<Key, u32> {
    let mut sums = BTreeMap::new();
    for held in recruits {
        *sums.entry(key(held)).or_default() += held.count;
    }
    sums
}

/// The keys of all years, in their order.
fn keys<Key: Ord + Clone>(years: &[BTreeMap<Key, u32>]) -> Vec<Key> {
    let mut keys: Vec<Key> = years.iter().flat_map(|year| year.keys().cloned()).collect();
    keys.sort();
    keys.dedup();
    keys
}

fn push_counts<Key: Ord>(
    table: &mut TextTable,
    name: &str,
    years: &[BTreeMap<Key, u32>],
    key: &Key,
) {
    let counts: Vec<u32> = years
        .iter()
        .map(|year| year.get(key).copied().unwrap_or_default())
        .collect();
    let sum: u32 = counts.iter().sum();
    if sum == 0 {
        return;
    }
    let mut row = vec![name.to_owned()];
    row.extend(counts.iter().map(|&count| match count {
        0 => "—".to_owned(),
        count => count.to_string(),
    }));
    row.push(sum.to_string());
    table.push(row);
}
