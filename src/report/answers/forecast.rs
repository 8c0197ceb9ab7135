//! Several years: indicators by year, who must be recruited, what was assumed.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::failed;
use crate::account::{Fairness, FairnessRow};
use crate::answers::{LevelFigure, RuleFigure};
use crate::domain::plan_files::{FAIRNESS, FORECAST_SCHEMA};
use crate::domain::{District, Stage, Zone};
use crate::forecast::{
    Forecast, Outlook, Placed, Recruiting, StageFigures, YearAnswer, YearFigures,
};
use crate::ingest::write_csv;
use crate::policy::Policy;
use crate::report::align::Side::{Left, Right};
use crate::report::align::TextTable;
use crate::report::fairness::fairness_columns;
use crate::report::language::Language;
use crate::report::page::Page;
use crate::rules::{Figure, coefficient};

/// Columns of the table of indicators before those of the years.
const INDICATOR: [&str; 4] = ["补充方式", "范围", "指标", "单位"];

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
    #[serde(flatten)]
    figures: Option<&'a YearFigures>,
}

/// An indicator through the years.
struct Indicator {
    scope: String,
    name: String,
    unit: &'static str,
    cells: Vec<String>,
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
                    held.unit.to_owned(),
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
        let mut push = |year: &str, fairness: &Fairness| {
            rows.extend(fairness.rows().map(|row| {
                let mut cells = vec![year.to_owned()];
                cells.extend(row.cells());
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
        self.assumptions(&mut page);
        page.finish()
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
            let name = if held.unit.is_empty() {
                held.name
            } else {
                match language {
                    Language::Chinese => format!("{}（{}）", held.name, held.unit),
                    Language::English => held.name,
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
            "  * 未达到；≤ 尚未证明最优",
            "  * missed; ≤ not proven best",
        ));
    }

    /// All indicators of one way; a year without a plan has empty cells.
    fn indicators(&self, way: Recruiting, language: Language) -> Vec<Indicator> {
        let years: Vec<&YearFigures> = self.planned(way).map(|(_, figures)| figures).collect();
        let mut all = Vec::new();
        for stage in Stage::ALL {
            let of = |year: &YearFigures| {
                let mut stages = year.stages.iter();
                stages.find(|held| held.stage == stage.chinese()).cloned()
            };
            let held: Vec<Option<StageFigures>> = years.iter().map(|year| of(year)).collect();
            if held.iter().any(Option::is_some) {
                all.extend(of_stage(*stage, &held, language));
            }
        }
        all.extend(of_district(&years, language));
        all.extend(of_rules(&years, language));
        all.extend(of_levels(&years, language));
        all
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

    fn assumptions(&self, page: &mut Page) {
        let language = page.language;
        page.section("展望的假定", "What is assumed");
        for (chinese, english) in ASSUMPTIONS {
            page.line(format!("  - {}", language.pick(chinese, english)));
        }
        let said: Vec<Stage> = self.outlook.pupils.iter().map(|held| held.stage).collect();
        let silent = self.district.stages().into_iter();
        let silent: Vec<&str> = silent
            .filter(|stage| !said.contains(stage))
            .map(|stage| language.pick(stage.chinese(), stage.code()))
            .collect();
        if !silent.is_empty() {
            let names = silent.join(language.pick("、", ", "));
            page.line(match language {
                Language::Chinese => format!("  - 展望文件没有写的学段，学生和班级不变：{names}"),
                Language::English => {
                    format!(
                        "  - stages of which the outlook says nothing stay as they are: {names}"
                    )
                }
            });
        }
        for &(place, held, written) in &self.forecast.scaled {
            let stage = self.outlook.pupils[place].stage;
            page.line(match language {
                Language::Chinese => format!(
                    "  - {}：花名册中有学生 {held} 人，展望文件写 {written} 人（口径不同，如含民办），按其增减比例推算",
                    stage.chinese()
                ),
                Language::English => format!(
                    "  - {}: {held} pupils on the rosters, {written} in the outlook: its change is taken in \
                     proportion",
                    stage.code()
                ),
            });
        }
        let mut sources: Vec<(&str, Vec<&str>)> = Vec::new();
        for expected in self
            .outlook
            .pupils
            .iter()
            .filter(|held| !held.source.is_empty())
        {
            let stage = language.pick(expected.stage.chinese(), expected.stage.code());
            match sources
                .iter_mut()
                .find(|(source, _)| *source == expected.source)
            {
                Some((_, stages)) if stages.contains(&stage) => {}
                Some((_, stages)) => stages.push(stage),
                None => sources.push((&expected.source, vec![stage])),
            }
        }
        for (source, stages) in sources {
            let stages = stages.join(language.pick("、", ", "));
            page.line(match language {
                Language::Chinese => format!("  - 学生数来源（{stages}）：{source}"),
                Language::English => format!("  - pupils of {stages}: {source}"),
            });
        }
    }
}

/// What every forecast assumes.
const ASSUMPTIONS: [(&str, &str); 8] = [
    (
        "年级逐年顺升，新生数为预计总数减去顺升的学生，按各校上年新生数分摊；两个年份之间按直线内插；班额按各校现状，\
         不超过标准",
        "grades move up; those who begin are what is missing to the pupils expected, divided as the year \
         before; between two years on a straight line; classes as large as they are, within the standard",
    ),
    (
        "每年的方案全部执行；交流期满返回；花名册没有写期限的，按政策的期限",
        "every plan is carried out; exchanges end when they are to, by the policy's term where the rosters \
         do not say",
    ),
    (
        "到龄退休（政策所列年龄，2025 年起渐进延迟；本局退休名单优先）；不预测辞职、调出、病休、晋升、新增骨干",
        "people retire at the policy's ages or as decided; resignations, illness, promotions are not foreseen",
    ),
    (
        "暂缓：孕期转哺乳期，哺乳期、试用期一年后解除，服务期六年后解除，其余不变；没有写结束时间的产假一年后返岗",
        "deferrals: pregnancy becomes nursing, nursing and probation end after a year, periods of service \
         after six, others stay; maternity leave without an end ends after a year",
    ),
    (
        "意愿、推荐人选、竞聘结果、锁定只管第一年，“不派往”除外；所以以后各年不报志愿满足情况",
        "wishes, nominations, results and locks hold for one year, but for schools to which somebody may not \
         go",
    ),
    (
        "编制不随学生增减核定，除非展望文件写明；工作量按花名册现有周课时；调整岗位的人不再兼教",
        "establishments do not follow the pupils; loads are those of the rosters; whoever changes posts \
         teaches one subject",
    ),
    (
        "双师型：每年在可认定的人中先认定企业实践月数多的；新聘教师政策没有写学历的按本科，没有职称，不是双师型",
        "recognitions go to those with most months of practice; recruits hold a bachelor's degree where the \
         policy does not say, no title, and are not dual-qualified",
    ),
    (
        "姓名只是推算的代表，不是对个人的决定；每年编方案时以当年花名册为准",
        "names stand for anybody alike and decide nothing: each year is planned from its own rosters",
    ),
];

const fn way_name(way: Recruiting, language: Language) -> &'static str {
    match way {
        Recruiting::AsPlanned => language.pick("现有渠道", "as planned"),
        Recruiting::Filled => language.pick("缺岗补足", "filled"),
    }
}

fn thousandths(value: i64) -> String {
    format!("{:.1}", value as f64 / 1000.0)
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

/// The name of an indicator, its unit, and how it is read off a year.
type Reading<From> = (
    &'static str,
    &'static str,
    &'static str,
    fn(&From) -> String,
);

const OF_STAGE: [Reading<StageFigures>; 9] = [
    ("班级", "classes", "个", |held| held.classes.to_string()),
    ("学生", "pupils", "人", |held| held.pupils.to_string()),
    ("在编任教", "staff in establishment", "人", |held| {
        held.staff.to_string()
    }),
    ("编外任教", "staff outside it", "人", |held| {
        held.outside.to_string()
    }),
    ("按生师比应配", "staff by ratio", "人", |held| {
        thousandths(held.by_ratio)
    }),
    ("需求", "need", "折算人", |held| thousandths(held.need)),
    (
        "方案后缺额",
        "short after the plan",
        "折算人",
        |held| thousandths(held.shortage),
    ),
    (
        "方案后超需",
        "surplus after the plan",
        "折算人",
        |held| thousandths(held.surplus),
    ),
    ("当年退休", "retire", "人", |held| {
        held.retired.to_string()
    }),
];

const OF_DISTRICT: [Reading<YearFigures>; 11] = [
    ("当年退休", "retire", "人", |held| {
        held.retired.to_string()
    }),
    ("其他离任", "leave otherwise", "人", |held| {
        held.left.to_string()
    }),
    ("交流期满返回", "exchanges that end", "人", |held| {
        held.returned.to_string()
    }),
    ("交流在期", "exchanges that go on", "人", |held| {
        held.continuing.to_string()
    }),
    ("当年流动", "moves", "人次", |held| {
        held.plan.moves.to_string()
    }),
    ("路程合计", "minutes of ways", "分钟", |held| {
        held.plan.minutes.to_string()
    }),
    ("校内转任学科", "changes of subject", "人", |held| {
        held.plan.changes_of_subject.to_string()
    }),
    ("缺课", "lessons missing", "节/周", |held| {
        format!("{:.0}", held.plan.lessons)
    }),
    ("编外可减", "hired staff to spare", "人", |held| {
        format!("{:.0}", held.plan.dispensable)
    }),
    ("补充教师", "recruits", "人", |held| {
        let counts = held.recruits.iter().map(|held| held.count);
        counts.sum::<u32>().to_string()
    }),
    (
        "认定双师型",
        "recognised as dual-qualified",
        "人",
        |held| held.recognised.to_string(),
    ),
];

fn of_stage(stage: Stage, years: &[Option<StageFigures>], language: Language) -> Vec<Indicator> {
    let scope = language.pick(stage.chinese(), stage.code());
    let rows = OF_STAGE
        .iter()
        .map(|(chinese, english, unit, read)| Indicator {
            scope: scope.to_owned(),
            name: language.pick(chinese, english).to_owned(),
            unit,
            cells: years
                .iter()
                .map(|year| year.as_ref().map_or_else(String::new, read))
                .collect(),
        });
    rows.filter(|row| is_told(&row.cells)).collect()
}

fn of_district(years: &[&YearFigures], language: Language) -> Vec<Indicator> {
    let rows = OF_DISTRICT
        .iter()
        .map(|(chinese, english, unit, read)| Indicator {
            scope: language.pick("全域", "district").to_owned(),
            name: language.pick(chinese, english).to_owned(),
            unit,
            cells: years.iter().map(|year| read(year)).collect(),
        });
    rows.filter(|row| is_told(&row.cells)).collect()
}

/// Whether there is anything but nothing.
fn is_told(cells: &[String]) -> bool {
    let nothing = |cell: &String| matches!(cell.as_str(), "" | "0" | "0.0");
    !cells.iter().all(nothing)
}

/// Rules that ask something, by their figures; what is missed is marked.
fn of_rules(years: &[&YearFigures], language: Language) -> Vec<Indicator> {
    let Some(first) = years.first() else {
        return Vec::new();
    };
    let asked = first.plan.rules.iter().filter(|rule| rule.target.is_some());
    let rows = asked.map(|rule| Indicator {
        scope: language.pick("规则", "rules").to_owned(),
        name: language.title(&rule.title, &rule.title_english).to_owned(),
        unit: "",
        cells: years
            .iter()
            .map(|year| {
                let held = year.plan.rule(&rule.id);
                held.map_or_else(String::new, |held| rule_cell(held, language))
            })
            .collect(),
    });
    rows.collect()
}

/// The figure alone, without words, since many years stand side by side; `*` where it is missed.
fn rule_cell(rule: &RuleFigure, language: Language) -> String {
    let value = match (rule.value, rule.value.share()) {
        (_, Some(share)) => share.to_string(),
        (Figure::Differences { after, .. }, _) => coefficient(after),
        (Figure::Places { met, of }, _) if of > 0 => format!("{met}/{of}"),
        (Figure::Persons(count) | Figure::Moves(count), _) => count.to_string(),
        (Figure::FullTime(persons), _) => thousandths(persons.0),
        _ => language.figure(&rule.value),
    };
    let mark = if rule.met { "" } else { " *" };
    format!("{value}{mark}")
}

/// Levels, in weighted persons; one that is not proven best has `≤`.
fn of_levels(years: &[&YearFigures], language: Language) -> Vec<Indicator> {
    let Some(first) = years.first() else {
        return Vec::new();
    };
    let cell = |level: &LevelFigure| {
        let open = if level.closed { "" } else { "≤" };
        format!("{open}{:.2}", level.value)
    };
    let rows = first.plan.levels.iter().map(|level| Indicator {
        scope: language.pick("优先顺序", "levels").to_owned(),
        name: language
            .title(&level.title, &level.title_english)
            .to_owned(),
        unit: "加权人",
        cells: years
            .iter()
            .map(|year| {
                let mut levels = year.plan.levels.iter();
                let held = levels.find(|held| held.name == level.name);
                held.map_or_else(String::new, cell)
            })
            .collect(),
    });
    rows.collect()
}
