//! The reference page of policy files, from the tables below; tests compare these with what the
//! reader takes.

mod codes;
mod demand;
mod kinds;
mod parameters;
mod selectors;
mod tables;
#[cfg(test)]
mod tests;
mod words;

use crate::domain::{
    Backbone, Deferral, Degree, Employment, Form, Office, PostCategory, SchoolState, Sex, Stage,
    Status, Title, Zone,
};
use crate::reference::Page;
use codes::CODES;
use kinds::KINDS;
use parameters::{COMPOSITE, EMPHASIS, EXCEPTION, SHARE, SPREAD, STANDARD};
use selectors::{PERSON, SCHOOL};
use tables::{HEAD, LEVER_EXAMPLE, TABLES};
use words::Words;

const REQUIRED: &str = "必需 required";
const NO: &str = "false";
const YES_NO: &str = "true/false";
const FORMS: &str = "形式，可多项 forms";
const PERSONS: &str = "人员选择 persons";
const SCHOOLS: &str = "学校选择 schools";

/// A key of a table in a policy file.
struct Key {
    name: &'static str,
    form: &'static str,
    default: &'static str,
    meaning: &'static str,
    meaning_english: &'static str,
}

const fn key(
    name: &'static str,
    form: &'static str,
    default: &'static str,
    meaning: &'static str,
    meaning_english: &'static str,
) -> Key {
    Key {
        name,
        form,
        default,
        meaning,
        meaning_english,
    }
}

const INTRODUCTION: &str = "\
# 政策文件 Policy files

本页由程序生成（`src/rules/reference`），与读取程序对照检验。
This page is generated; tests compare it with what the reader takes.

一份政策是一个 TOML 文件。内置政策（`national`、`chongqing`、`sichuan`、`jiangjin`、`jiangyang`、`liangping`、`shapingba`、`wulong`）用 `shizi policy show 名称` 查看，\
自己的文件用 `--policy 文件` 指定。
A policy is a TOML file. `shizi policy show NAME` prints a built-in one; `--policy FILE` takes your own.

```toml
extends = \"national\"      # 继承：先找同目录的 national.toml，再找内置政策
id = \"somewhere\"
title = \"某区教师交流轮岗政策\"
title_english = \"Exchange policy of a district\"

[rule.six-years]          # 只写与上级不同的键
who = { years_at_school_at_least = 5 }

[rule.keep-graduating]
off = true                # 停用继承来的规则
```

- **继承**：逐键覆盖；选择条件（`who`、`from`、`to` 等）和界限整体替换，例外（`at`）逐个地方替换。每个数字来自哪个文件，`shizi policy show` 都会列出。
  Keys replace inherited ones; selectors and limits are replaced whole, exceptions (`at`) place by
  place.
- **优先层级**：`levels = [\"floors\", \"teaching\", \"people\"]` 依次优化，后面的层级不牺牲前面的；首层是法定底线。\
  每个层级要有 `[level.…]` 名称。
  Levels are met in order; a later one never costs an earlier one.
- **份额** 写作 `\"20%\"`、`0.2` 或 `\"1/5\"`。 Shares.
- **权重** 以“人”为单位，至多四位小数。 Weights are in persons, with at most four decimals.
- **可多项** 的键写一个词或一个列表：`subject = \"音乐\"`、`subject = [\"音乐\", \"美术\"]`。 One word or a list.
- 中文键名要加英文引号：`[demand.loads.\"小学\"]`。 Chinese keys need quotes.
";

/// A table of keys.
fn key_table(page: &mut Page, keys: &[Key]) {
    page.header(&["键 key", "类型 type", "默认 default", "含义", "meaning"]);
    for held in keys {
        page.row(&[
            &format!("`{}`", held.name),
            held.form,
            held.default,
            held.meaning,
            held.meaning_english,
        ]);
    }
}

/// A list of words under its heading.
fn word_table(page: &mut Page, words: &Words) {
    page.heading(&format!("### {} `{}`", words.title, words.name));
    page.header(&["词 word", "含义", "meaning"]);
    for [word, meaning, english] in words.list {
        page.row(&[&format!("`{word}`"), meaning, english]);
    }
}

fn toml(page: &mut Page, text: &str) {
    page.line(&format!("\n```toml\n{text}```"));
}

/// The page, in Markdown. `docs/rules.md` is this; a test compares them.
pub fn reference() -> String {
    let mut page = Page::default();
    page.line(INTRODUCTION.trim_end());
    page.heading("## 每条规则都有的键 Keys of every rule");
    page.line("每条规则是一个 `[rule.ID]` 表。 Every rule is a table.\n");
    key_table(&mut page, HEAD);
    word_table(&mut page, &words::ENFORCEMENT);
    word_table(&mut page, &words::CERTAINTY);
    page.heading("## 选择条件 Selectors");
    page.line(
        "所写各键须同时满足；空的 `{}` 选中全部。 All keys given must hold; `{}` chooses everything.",
    );
    page.heading("### 人员选择 Persons");
    key_table(&mut page, PERSON);
    page.heading("### 学校选择 Schools");
    key_table(&mut page, SCHOOL);
    vocabularies(&mut page);
    all_kinds(&mut page);
    parts(&mut page);
    codes(&mut page);
    page.finish()
}

fn all_kinds(page: &mut Page) {
    page.heading("## 规则种类 Kinds of rule");
    page.line("十四种。 Fourteen.");
    for kind in &KINDS {
        page.heading(&format!("## {} `{}`", kind.title, kind.name));
        page.line(&format!(
            "> {}\n>\n> {}\n",
            kind.sentence, kind.sentence_english
        ));
        page.line(&format!("{}\n{}\n", kind.formula, kind.formula_english));
        key_table(page, kind.keys);
        match kind.name {
            "eligibility" => word_table(page, &words::EFFECT),
            "reach" => {
                word_table(page, &words::WITHIN);
                word_table(page, &words::UNLESS);
            }
            "count" => {
                word_table(page, &words::COUNT_OF);
                word_table(page, &words::SCOPE);
                word_table(page, &words::ITINERANTS);
                word_table(page, &words::SIDE);
                page.heading("### 界限 limit");
                page.line("一个整数，或一个份额的表。 A whole number, or the table of a share.\n");
                key_table(page, SHARE);
                word_table(page, &words::SHARE_OF);
                page.heading("### 例外 `at`");
                page.line(
                    "个别地方另定人数，写在 `[rule.ID.at.地方]`，只代替这里写到的数，其余地方照规则。\
                     学校、单位写代码或全称，学段写学段；范围为 school-stage、school-subject 时写 \
                     `\"S059:小学\"`、`\"S059:音乐\"`。不认识的、规则不管的地方是错误。命令行写 \
                     `--set leave.at.S059.at_most=5`，有点号的名称加引号。\n\
                     Other numbers at some places, in `[rule.ID.at.PLACE]`, in the stead of the rule's \
                     numbers of the same name; all other places keep these. Schools and units by code or \
                     full name, stages by their word, stages and subjects of schools as `\"S059:小学\"`. \
                     A place that is not known, or of which the rule does not speak, is a fault.\n",
                );
                key_table(page, EXCEPTION);
            }
            "ratio" => word_table(page, &words::RATIO_OF),
            "per_pupil" => {
                page.heading("### 指标 `indicators`");
                key_table(page, STANDARD);
                word_table(page, &words::COUNTED_AT);
            }
            "disparity" => {
                page.heading("### 差异系数 `indicators`");
                key_table(page, SPREAD);
                page.heading("### 综合差异系数 `composite`");
                key_table(page, COMPOSITE);
            }
            "coverage" => {
                page.heading("### 加权 `emphasis`");
                key_table(page, EMPHASIS);
            }
            _ => {}
        }
        toml(page, kind.example);
    }
}

/// The closed vocabularies of the domain, as selectors take them: Chinese or code.
fn vocabularies(page: &mut Page) {
    page.heading("### 词 Words");
    page.line("中文词或括号中的代码均可；“不低于”的键按此顺序。 Either word; `…_at_least` by this order.\n");
    page.header(&["键 key", "词 words"]);
    macro_rules! rows {
        ($($keys:literal => $vocabulary:ident),+ $(,)?) => {$(
            let words: Vec<String> = $vocabulary::ALL
                .iter()
                .map(|word| format!("{}（`{}`）", word.chinese(), word.code()))
                .collect();
            page.row(&[$keys, &words.join("、")]);
        )+};
    }
    rows!(
        "`stage`、`has_stage`" => Stage,
        "`zone`" => Zone,
        "`state`" => SchoolState,
        "`sex`" => Sex,
        "`employment`" => Employment,
        "`category`" => PostCategory,
        "`status`" => Status,
        "`deferral`" => Deferral,
        "`office`" => Office,
        "`backbone_at_least`" => Backbone,
        "`title_at_least`" => Title,
        "`degree_at_least`" => Degree,
        "`form`" => Form,
    );
    page.line(
        "\n方案总可选择交流、调动、校内转任学科；单位内调配、支教、跨学段调整、转岗培训、选调、撤并安置、跟岗\
         须由 `[form.…]` 写明才可选择。其余是现状，规则不能写。\
         \nPlans may always choose exchange, transfer and change of subject; the forms from 单位内调配 to 跟岗\
         \nonly where a `[form.…]` names them. All others are states, of which no rule can speak.",
    );
}

fn parts(page: &mut Page) {
    page.heading("## 其他部分 Other parts");
    page.line("`id`、`title`、`title_english`、`levels` 之外：");
    for (name, title, keys) in TABLES {
        page.heading(&format!("### `{name}` {title}"));
        key_table(page, keys);
    }
    word_table(page, &words::ESTABLISHMENT);
    word_table(page, &words::LEVER_KIND);
    toml(page, LEVER_EXAMPLE);
    word_table(page, &words::LOAD_BASIS);
    word_table(page, &words::TIE);
}

fn codes(page: &mut Page) {
    page.heading("## 问题代码 Faults");
    page.line(
        "全部问题一次列出，各有位置和相近的已知词。 All faults at once, each with its place.\n",
    );
    page.header(&["代码 code", "问题", "处理办法", "meaning", "what to do"]);
    for row in CODES {
        page.row(&row);
    }
}
