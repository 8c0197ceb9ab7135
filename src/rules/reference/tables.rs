//! What every rule has, levels, levers, and the list of all other tables.

use super::demand::{
    CLASS_TEACHERS, COMPETITION, CREDITS, DEMAND, EXCHANGE, POOL, RETIREMENT, RETIREMENT_LINE,
    SMALL_SITES, TRAVEL_TABLE,
};
use super::{Key, REQUIRED, SCHOOLS, YES_NO, key};

const TITLE_ENGLISH: Key = key(
    "title_english",
    "文字 text",
    "空 empty",
    "英文名称",
    "title in English",
);

pub(super) const HEAD: &[Key] = &[
    key(
        "kind",
        "词 word",
        REQUIRED,
        "规则种类，见下",
        "the kind of rule",
    ),
    key(
        "title",
        "文字 text",
        REQUIRED,
        "规则名称",
        "title in Chinese",
    ),
    TITLE_ENGLISH,
    key(
        "enforcement",
        "词 enforcement",
        "hard",
        "约束力，见下",
        "how strictly it is held",
    ),
    key(
        "level",
        "层级 level",
        "首层 the first",
        "计在哪个优先层级；`objective` 必须写",
        "at which level it costs; an objective must say",
    ),
    key(
        "weight",
        "权重 weight",
        "1",
        "在层级内，一个单位（人、分钟、次）折合多少人",
        "persons that one unit of it weighs inside its level",
    ),
    key(
        "source",
        "表 table",
        "空 empty",
        "依据",
        "on whose authority",
    ),
    key(
        "certainty",
        "词 certainty",
        "M",
        "数字的可靠程度，见下",
        "how sure a number is",
    ),
    key(
        "off",
        YES_NO,
        "false",
        "停用继承来的规则",
        "takes an inherited rule out",
    ),
    key(
        "note",
        "文字 text",
        "空 empty",
        "备注，不读取",
        "a note; not read",
    ),
];

pub(super) const SOURCE: &[Key] = &[
    key("document", "文字 text", "空 empty", "文件名称", "title"),
    key("number", "文字 text", "空 empty", "文号", "number"),
    key("section", "文字 text", "空 empty", "条款", "section"),
];

pub(super) const LEVEL: &[Key] = &[
    key(
        "title",
        "文字 text",
        REQUIRED,
        "层级名称",
        "title in Chinese",
    ),
    key(
        "title_english",
        "文字 text",
        REQUIRED,
        "英文名称",
        "title in English",
    ),
];

pub(super) const LEVER: &[Key] = &[
    key("kind", "词 lever", REQUIRED, "渠道", "what it does"),
    key("title", "文字 text", REQUIRED, "名称", "title in Chinese"),
    TITLE_ENGLISH,
    key(
        "at_most",
        "整数 whole number",
        REQUIRED,
        "至多多少人；0 即不用",
        "persons, at most; 0 is none",
    ),
    key(
        "level",
        "层级 level",
        REQUIRED,
        "成本计在哪个层级",
        "level at which a use costs",
    ),
    key(
        "weight",
        "权重 weight",
        REQUIRED,
        "每人的成本",
        "what one use costs",
    ),
    key(
        "stage",
        "学段，可多项 stages",
        "全部 all",
        "招聘：学段",
        "recruits: the stage",
    ),
    key(
        "subject",
        "学科，可多项 subjects",
        "全部 all",
        "招聘：学科",
        "recruits: the subjects",
    ),
    key(
        "to",
        SCHOOLS,
        "所有学校 every school",
        "招聘：学校",
        "recruits: the schools",
    ),
];

/// The parts of a policy file that are tables of data: name in the file, title, keys.
pub(super) const TABLES: [(&str, &str, &[Key]); 13] = [
    ("[level.ID]", "层级名称 titles of levels", LEVEL),
    ("source", "依据 source of a rule", SOURCE),
    ("[demand]", "需求测算 from classes to need", DEMAND),
    (
        "[demand.teachers_per_class.学段]",
        "按班配备 need by classes",
        CLASS_TEACHERS,
    ),
    ("[demand.credits.学段]", "折减课时 credits", CREDITS),
    (
        "[demand.small_sites.学段]",
        "小规模校点 small sites",
        SMALL_SITES,
    ),
    ("[[demand.pools]]", "岗位合并 pools", POOL),
    ("[retirement]", "退休 retirement", RETIREMENT),
    (
        "retirement.men …",
        "退休年龄 one line of it",
        RETIREMENT_LINE,
    ),
    ("[travel]", "路程推算 travel", TRAVEL_TABLE),
    ("[exchange]", "交流期限 terms of exchange", EXCHANGE),
    (
        "[competition]",
        "跨校竞聘 the competition across schools, may be left out",
        COMPETITION,
    ),
    ("[lever.ID]", "补充渠道 levers", LEVER),
];

/// Levers in TOML.
pub(super) const LEVER_EXAMPLE: &str = "[lever.certify]\nkind = \"certify\"\ntitle = \"认定双师型教师\"\nat_most = 10\n\
     level = \"people\"\nweight = 0.5\n\n[lever.recruit]\nkind = \"recruit\"\ntitle = \"招聘紧缺学科教师\"\nat_most = 3\n\
     level = \"people\"\nweight = 1\nstage = [\"小学\", \"初中\"]\nsubject = [\"音乐\", \"美术\"]\nto = { zone = \"乡村\" }\n";
