//! The file: reading, extending, and the parts that every rule has.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer};
use toml::{Table, Value};

use super::fault::{PolicyFault, from_toml, nearest};
use super::fraction::Weight;
use super::merge::{Origins, overlay};
use super::selector::SchoolSelector;
use super::tables::{DemandTables, ExchangeTerms, RetirementTable, TravelTable};
use crate::domain::Stage;

/// One word or a list of words; empty means that nothing is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMany<T>(Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: PartialEq> OneOrMany<T> {
    /// Whether a value is asked for, or nothing is asked.
    pub fn admits(&self, value: &T) -> bool {
        self.0.is_empty() || self.0.contains(value)
    }
}

impl<T> OneOrMany<T> {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<T> From<Vec<T>> for OneOrMany<T> {
    fn from(words: Vec<T>) -> Self {
        Self(words)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::IntoDeserializer;
        let many = match Value::deserialize(deserializer)? {
            Value::Array(values) => values,
            value => vec![value],
        };
        many.into_iter()
            .map(|value| T::deserialize(value.into_deserializer()))
            .collect::<Result<Vec<T>, toml::de::Error>>()
            .map(Self)
            .map_err(|error| serde::de::Error::custom(error.message()))
    }
}

/// How strictly a rule is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Enforcement {
    /// No plan without it (必须满足).
    Hard,
    /// A legal floor: violated only where it cannot be met, by the least amount (法定底线).
    Floor,
    /// Pursued at its level with its weight (追求目标).
    Objective,
    /// Computed and shown (只报告).
    Report,
}

impl Enforcement {
    /// Whether what is missed costs at the rule's level.
    pub const fn costs(self) -> bool {
        matches!(self, Self::Floor | Self::Objective)
    }

    /// The code word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hard => "hard",
            Self::Floor => "floor",
            Self::Objective => "objective",
            Self::Report => "report",
        }
    }

    /// The word on paper.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Hard => "必须满足",
            Self::Floor => "法定底线",
            Self::Objective => "优化目标",
            Self::Report => "仅报告",
        }
    }
}

/// How sure a number is; the tags of the research behind the policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Certainty {
    /// The rule's text was read.
    V,
    /// A secondary page states it.
    S,
    /// Public software that implements the rule states it.
    G,
    /// Stated in the district's own plan.
    #[serde(rename = "SEED")]
    Seed,
    /// Computed from others.
    D,
    /// Common knowledge, not verified.
    M,
}

impl Certainty {
    /// What it says on paper.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::V => "原文核实",
            Self::S => "二手来源",
            Self::G => "业务系统口径",
            Self::Seed => "本地规划",
            Self::D => "推算",
            Self::M => "未核实",
        }
    }
}

/// On whose authority.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Source {
    /// Title.
    pub document: String,
    /// Number (文号).
    pub number: String,
    /// Section.
    pub section: String,
}

impl Source {
    /// `《title》（number）section`
    pub fn citation(&self) -> String {
        let mut text = String::new();
        if !self.document.is_empty() {
            text.push_str(&format!("《{}》", self.document));
        }
        if !self.number.is_empty() {
            text.push_str(&format!("（{}）", self.number));
        }
        text + &self.section
    }
}

/// An objective level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its id.
    pub id: String,
    /// In Chinese.
    pub title: String,
    /// In English.
    pub title_english: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelTable {
    title: String,
    title_english: String,
}

/// A rule: the parts that every kind has, and its kind's own parameters as they were written.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Its kind; [`crate::rules`] knows what it means.
    pub kind: String,
    /// In Chinese, as an administrator would say it.
    pub title: String,
    /// In English.
    pub title_english: String,
    /// How strictly it is held.
    pub enforcement: Enforcement,
    /// Position of its level.
    pub level: usize,
    /// What one unit of it weighs inside its level.
    pub weight: Weight,
    /// On whose authority.
    pub source: Source,
    /// How sure.
    pub certainty: Certainty,
    /// Parameters of the kind.
    pub parameters: Table,
    /// The file that says it last.
    pub file: String,
}

#[derive(Debug, Deserialize)]
struct RuleHead {
    kind: String,
    title: String,
    #[serde(default)]
    title_english: String,
    #[serde(default = "hard")]
    enforcement: Enforcement,
    level: Option<String>,
    #[serde(default = "one")]
    weight: Weight,
    #[serde(default)]
    source: Source,
    #[serde(default = "unverified")]
    certainty: Certainty,
}

const fn hard() -> Enforcement {
    Enforcement::Hard
}
const fn one() -> Weight {
    Weight::ONE
}
const fn unverified() -> Certainty {
    Certainty::M
}

const HEAD_KEYS: [&str; 10] = [
    "kind",
    "title",
    "title_english",
    "enforcement",
    "level",
    "weight",
    "source",
    "certainty",
    "off",
    "note",
];

/// What a lever does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeverKind {
    /// Recognises serving 专业课教师 as 双师型.
    Certify,
    /// Recruits teachers and places them.
    Recruit,
}

/// A lever (补充渠道): bounded, at a cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lever {
    /// Its id.
    pub id: String,
    /// What it does.
    pub kind: LeverKind,
    /// In Chinese.
    pub title: String,
    /// In English.
    pub title_english: String,
    /// At most so many persons.
    pub at_most: u32,
    /// Level at which a use costs.
    pub level: usize,
    /// What one use costs.
    pub weight: Weight,
    /// Recruits: the stage.
    pub stage: OneOrMany<Stage>,
    /// Recruits: the subjects.
    pub subject: OneOrMany<String>,
    /// Recruits: the schools.
    pub to: SchoolSelector,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LeverTable {
    kind: LeverKind,
    title: String,
    #[serde(default)]
    title_english: String,
    at_most: u32,
    level: String,
    weight: Weight,
    #[serde(default)]
    stage: OneOrMany<Stage>,
    #[serde(default)]
    subject: OneOrMany<String>,
    #[serde(default)]
    to: SchoolSelector,
}

/// A flattened policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Its id.
    pub id: String,
    /// Title in Chinese.
    pub title: String,
    /// Title in English.
    pub title_english: String,
    /// Objective levels in order; the first is that of floors.
    pub levels: Vec<Level>,
    /// From classes to need.
    pub demand: DemandTables,
    /// Ages of retirement.
    pub retirement: RetirementTable,
    /// Roads.
    pub travel: TravelTable,
    /// Terms of new exchanges.
    pub exchange: ExchangeTerms,
    /// Rules, sorted by id.
    pub rules: Vec<Rule>,
    /// Levers, sorted by id.
    pub levers: Vec<Lever>,
    /// From which file each key comes.
    pub origins: Origins,
    /// The flattened table, for showing.
    pub flattened: Table,
    /// BLAKE3 of the flattened table.
    pub digest: String,
}

/// The policies that come with the program, by name.
const BUILT_IN: [(&str, &str); 3] = [
    ("national", include_str!("../../models/national.toml")),
    ("chongqing", include_str!("../../models/chongqing.toml")),
    ("wulong", include_str!("../../models/wulong.toml")),
];

/// Reads a policy by path, or by the name of one that comes with the program.
///
/// # Errors
/// All faults found, at once.
pub fn load(name: &Path) -> Result<Policy, Vec<PolicyFault>> {
    let mut chain = Vec::new();
    collect(&name.to_string_lossy(), None, &mut chain)?;
    flatten(chain)
}

/// Reads a policy from text; what it extends is taken from those that come with the program.
///
/// # Errors
/// All faults found, at once.
pub fn load_text(file: &str, text: &str) -> Result<Policy, Vec<PolicyFault>> {
    let mut chain = Vec::new();
    collect_text(file.to_owned(), text, None, &mut chain)?;
    flatten(chain)
}

/// Finds the text of a policy: a file, beside the one that extends it, or built in.
fn collect(
    name: &str,
    beside: Option<&Path>,
    chain: &mut Vec<(String, Table)>,
) -> Result<(), Vec<PolicyFault>> {
    let beside_path = beside.map(|folder| folder.join(format!("{name}.toml")));
    let candidates: Vec<PathBuf> = beside_path
        .into_iter()
        .chain([PathBuf::from(name)])
        .collect();
    for path in candidates.iter().filter(|path| path.is_file()) {
        let text = std::fs::read_to_string(path).map_err(|error| {
            vec![fault(
                "P003",
                name,
                &format!("无法读取 / cannot be read: {error}"),
                "",
            )]
        })?;
        let file = path
            .file_name()
            .map_or_else(|| name.into(), |file| file.to_string_lossy());
        return collect_text(file.into_owned(), &text, path.parent(), chain);
    }
    if let Some((_, text)) = BUILT_IN.iter().find(|(known, _)| *known == name) {
        return collect_text(format!("{name}.toml"), text, None, chain);
    }
    let known: Vec<&str> = BUILT_IN.iter().map(|(known, _)| *known).collect();
    let near = nearest(name, known.iter().copied()).unwrap_or("national");
    Err(vec![fault(
        "P003",
        name,
        "没有这个政策文件 / no such policy file",
        &format!(
            "给出文件路径，或内置名称 / give a path, or a built-in name: {} (`{near}`?)",
            known.join(" ")
        ),
    )])
}

fn collect_text(
    file: String,
    text: &str,
    folder: Option<&Path>,
    chain: &mut Vec<(String, Table)>,
) -> Result<(), Vec<PolicyFault>> {
    if chain.iter().any(|(held, _)| *held == file) {
        return Err(vec![fault(
            "P004",
            &file,
            "互相继承 / extends itself in a circle",
            "",
        )]);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut table: Table = text
        .parse()
        .map_err(|error: toml::de::Error| vec![from_toml(&file, &error.to_string())])?;
    let parent = table.remove("extends");
    chain.push((file.clone(), table));
    match parent {
        None => Ok(()),
        Some(Value::String(parent)) => collect(&parent, folder, chain),
        Some(_) => Err(vec![fault("P001", &file, "`extends` must be a name", "")]),
    }
}

fn fault(code: &'static str, place: &str, message: &str, advice: &str) -> PolicyFault {
    PolicyFault {
        code,
        place: place.into(),
        message: message.into(),
        advice: advice.into(),
    }
}

fn flatten(chain: Vec<(String, Table)>) -> Result<Policy, Vec<PolicyFault>> {
    let leaf = chain
        .first()
        .map(|(file, _)| file.clone())
        .unwrap_or_default();
    let (mut merged, mut origins) = (Table::new(), Origins::new());
    for (file, table) in chain.into_iter().rev() {
        overlay(&mut merged, table, &file, &mut origins);
    }
    Reader {
        file: leaf,
        faults: Vec::new(),
        origins,
    }
    .read(merged)
}

/// Reads a flattened table, gathering faults.
struct Reader {
    file: String,
    faults: Vec<PolicyFault>,
    origins: Origins,
}

impl Reader {
    fn part<T: serde::de::DeserializeOwned>(&mut self, table: &Table, key: &str) -> Option<T> {
        let Some(value) = table.get(key) else {
            let advice = "在文件中补上，或继承 national / add it, or extend `national`";
            self.faults.push(fault(
                "P005",
                &format!("{}: {key}", self.file),
                "缺少这一部分 / this part is missing",
                advice,
            ));
            return None;
        };
        match value.clone().try_into() {
            Ok(part) => Some(part),
            Err(error) => {
                let place = format!("{}: {key}", self.file);
                self.faults.push(from_toml(&place, &toml_message(&error)));
                None
            }
        }
    }

    fn read(mut self, merged: Table) -> Result<Policy, Vec<PolicyFault>> {
        const KEYS: [&str; 12] = [
            "id",
            "title",
            "title_english",
            "levels",
            "level",
            "demand",
            "retirement",
            "travel",
            "exchange",
            "rule",
            "lever",
            "note",
        ];
        for key in merged.keys().filter(|key| !KEYS.contains(&key.as_str())) {
            let near = nearest(key, KEYS).map_or(String::new(), |near| {
                format!("是否应为 / did you mean `{near}`?")
            });
            let place = format!("{}: {key}", self.origins.get(key).unwrap_or(&self.file));
            self.faults
                .push(fault("P002", &place, "没有这一部分 / no such part", &near));
        }
        let levels = self.read_levels(&merged);
        let id = self.part(&merged, "id");
        let title = self.part(&merged, "title");
        let demand = self.part(&merged, "demand");
        let retirement = self.part(&merged, "retirement");
        let travel = self.part(&merged, "travel");
        let exchange = self.part(&merged, "exchange");
        let rules = self.read_rules(&merged, &levels);
        let levers = self.read_levers(&merged, &levels);
        let title_english = merged
            .get("title_english")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let parts = (id, title, demand, retirement, travel, exchange);
        let (Some(id), Some(title), Some(demand), Some(retirement), Some(travel), Some(exchange)) =
            parts
        else {
            return Err(self.faults);
        };
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        let digest = blake3::hash(merged.to_string().as_bytes())
            .to_hex()
            .to_string();
        Ok(Policy {
            id,
            title,
            title_english,
            levels,
            demand,
            retirement,
            travel,
            exchange,
            rules,
            levers,
            origins: self.origins,
            flattened: merged,
            digest,
        })
    }

    fn read_levels(&mut self, merged: &Table) -> Vec<Level> {
        let order: Vec<String> = self.part(merged, "levels").unwrap_or_default();
        let titles: BTreeMap<String, LevelTable> = self.part(merged, "level").unwrap_or_default();
        order
            .into_iter()
            .map(|id| {
                let held = titles.get(&id);
                if held.is_none() {
                    let place = format!("{}: level.{id}", self.file);
                    self.faults.push(fault(
                        "P005",
                        &place,
                        "没有名称 / has no title",
                        "补上 [level.…] / add [level.…]",
                    ));
                }
                Level {
                    title: held.map_or_else(|| id.clone(), |held| held.title.clone()),
                    title_english: held
                        .map_or_else(|| id.clone(), |held| held.title_english.clone()),
                    id,
                }
            })
            .collect()
    }

    fn level_position(&mut self, place: &str, name: &str, levels: &[Level]) -> usize {
        levels
            .iter()
            .position(|level| level.id == name)
            .unwrap_or_else(|| {
                let near = nearest(name, levels.iter().map(|level| level.id.as_str()));
                let advice = near.map_or(String::new(), |near| {
                    format!("是否应为 / did you mean `{near}`?")
                });
                let message = format!("没有优先层级 / no such level `{name}`");
                self.faults.push(fault("P002", place, &message, &advice));
                0
            })
    }

    fn read_rules(&mut self, merged: &Table, levels: &[Level]) -> Vec<Rule> {
        let Some(table) = merged.get("rule").and_then(Value::as_table) else {
            return Vec::new();
        };
        let mut rules = Vec::new();
        for (id, value) in table {
            let place = self.place_of("rule", id);
            let Some(body) = value.as_table() else {
                self.faults
                    .push(fault("P001", &place, "应为一个表 / must be a table", ""));
                continue;
            };
            if body.get("off").and_then(Value::as_bool) == Some(true) {
                continue;
            }
            let head_only: Table = body
                .iter()
                .filter(|(key, _)| HEAD_KEYS.contains(&key.as_str()))
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            let head: RuleHead = match Value::Table(head_only).try_into() {
                Ok(head) => head,
                Err(error) => {
                    self.faults.push(from_toml(&place, &toml_message(&error)));
                    continue;
                }
            };
            let level = match (&head.level, head.enforcement) {
                (Some(name), _) => self.level_position(&place, name, levels),
                (None, Enforcement::Objective) => {
                    self.faults.push(fault(
                        "P005",
                        &place,
                        "优化目标没有层级 / an objective needs a `level`",
                        "",
                    ));
                    0
                }
                (None, _) => 0,
            };
            let parameters = body
                .iter()
                .filter(|(key, _)| !HEAD_KEYS.contains(&key.as_str()))
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            rules.push(Rule {
                id: id.clone(),
                kind: head.kind,
                title: head.title,
                title_english: head.title_english,
                enforcement: head.enforcement,
                level,
                weight: head.weight,
                source: head.source,
                certainty: head.certainty,
                parameters,
                file: place.split(':').next().unwrap_or_default().to_owned(),
            });
        }
        rules.sort_by(|left, right| left.id.cmp(&right.id));
        rules
    }

    fn read_levers(&mut self, merged: &Table, levels: &[Level]) -> Vec<Lever> {
        let Some(table) = merged.get("lever").and_then(Value::as_table) else {
            return Vec::new();
        };
        let mut levers = Vec::new();
        for (id, value) in table {
            let place = self.place_of("lever", id);
            let lever: LeverTable = match value.clone().try_into() {
                Ok(lever) => lever,
                Err(error) => {
                    self.faults.push(from_toml(&place, &toml_message(&error)));
                    continue;
                }
            };
            let level = self.level_position(&place, &lever.level, levels);
            levers.push(Lever {
                id: id.clone(),
                kind: lever.kind,
                title: lever.title,
                title_english: lever.title_english,
                at_most: lever.at_most,
                level,
                weight: lever.weight,
                stage: lever.stage,
                subject: lever.subject,
                to: lever.to,
            });
        }
        levers.sort_by(|left, right| left.id.cmp(&right.id));
        levers
    }

    /// `file: rule.id`, the file being the last that says anything of it.
    fn place_of(&self, part: &str, id: &str) -> String {
        let prefix = format!("{part}.{id}.");
        let from_leaf = self
            .origins
            .iter()
            .any(|(key, file)| key.starts_with(&prefix) && *file == self.file);
        let file = if from_leaf {
            &self.file
        } else {
            self.origins
                .iter()
                .find(|(key, _)| key.starts_with(&prefix))
                .map_or(&self.file, |(_, file)| file)
        };
        format!("{file}: {part}.{id}")
    }
}

/// The message of a TOML error without the frame of source lines, which a flattened table has not.
pub(crate) fn toml_message(error: &toml::de::Error) -> String {
    error.message().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_policies_read_and_remember_where_numbers_come_from() {
        for (name, _) in BUILT_IN {
            let policy = load(Path::new(name)).unwrap_or_else(|faults| panic!("{faults:?}"));
            assert_eq!(policy.id, name);
        }
        let wulong = load(Path::new("wulong")).unwrap();
        assert_eq!(
            wulong.origins["rule.dual-qualified.at_least"],
            "wulong.toml"
        );
        assert_eq!(wulong.origins["rule.dual-qualified.who"], "national.toml");
    }

    #[test]
    fn unknown_keys_get_their_nearest_neighbour() {
        let text = "extends = 'national'\nid = 'x'\ntitle = 'x'\n[retirment]\nmen = 1";
        let faults = load_text("x.toml", text).unwrap_err();
        assert!(
            faults
                .iter()
                .any(|fault| fault.advice.contains("retirement")),
            "{faults:?}"
        );
    }

    #[test]
    fn a_circle_of_extensions_is_a_fault() {
        let faults = load_text("national.toml", "extends = 'national'\nid = 'x'").unwrap_err();
        assert_eq!(faults[0].code, "P004");
    }
}
