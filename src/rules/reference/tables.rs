//! What every rule has, levels, levers, and the list of all other tables.

use super::demand::{
    CLASS_TEACHERS, COMPETITION, CREDITS, DEMAND, EXCHANGE, POOL, RETIREMENT, RETIREMENT_LINE,
    SMALL_SITES, TRAVEL_TABLE,
};
use super::{Key, PERSONS, REQUIRED, SCHOOLS, YES_NO, key};

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
        "至多多少人（编制：多少名）；0 即不用",
        "persons (posts of establishment), at most; 0 is none",
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
        "source",
        "表 table",
        "空 empty",
        "依据，印在 levers.csv",
        "on whose authority; printed in levers.csv",
    ),
    key(
        "at_least",
        "整数 whole number",
        "0",
        "招聘：至少多少人，如已录用、必须安排的",
        "recruits: persons, at least, such as those hired already",
    ),
    key(
        "who",
        PERSONS,
        "所有人 everybody",
        "认定：哪些专业课教师",
        "recognitions: of which programme teachers",
    ),
    key(
        "practice_months",
        "整数 whole number",
        "6",
        "认定：近五年企业实践须满几个月；全表未填的不核对",
        "recognitions: months of practice in enterprises within five years; not looked at where \
         nobody's are known",
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
        "招聘：学科；多项即全科，一人任其中任一科，合并岗位也可",
        "recruits: the subjects, any of which one of them may teach, pooled posts included",
    ),
    key(
        "to",
        SCHOOLS,
        "所有学校 every school",
        "招聘：学校；编制：给这些学校的单位",
        "recruits: the schools; posts of establishment: to the units of these",
    ),
    key(
        "from",
        SCHOOLS,
        "所有学校 every school",
        "编制调剂：从这些学校的单位调出，不多于年初空编",
        "reallocated posts: from the units of these, no more than they have to spare at first",
    ),
    key(
        "first",
        SCHOOLS,
        "所有学校 every school",
        "招聘：优先的学校，如农村、薄弱学校",
        "recruits: schools that come first, such as rural and weak ones",
    ),
    key(
        "elsewhere",
        "权重 weight",
        "0",
        "招聘：定到其他学校的，每人多计的成本；与 first 同写",
        "recruits: what one more costs at any other school; goes with first",
    ),
    key(
        "profile",
        "表 profile",
        "不明 unknown",
        "招聘：此类人员已知的情况",
        "recruits: what is known of them",
    ),
    key(
        "arrives",
        "年月 month",
        "学年开始 with the year",
        "招聘：到岗年月；晚于本学年的不计，只列为预期",
        "recruits: first month of service; later than the year, they are only expected",
    ),
    key(
        "service_years",
        "整数 whole number",
        "无 none",
        "招聘：服务期（年），印在 levers.csv",
        "recruits: years of service that they owe; printed in levers.csv",
    ),
];

/// Terms of further forms.
pub(super) const FORM: &[Key] = &[
    key(
        "months",
        "月 months",
        "支教 12、跟岗 6，其余长期 for good",
        "期限；不写：长期",
        "how long it lasts",
    ),
    key(
        "establishment",
        "词 establishment",
        "选调、撤并安置 moves，其余 stays",
        "编制是否随迁（跨学段随迁须编办同意）",
        "whether the 编制 goes along",
    ),
    key(
        "lead_months",
        "月 months",
        "0",
        "先培训几个月：大于 0 时本学年不计课时（自次年起任课）",
        "months of training first; above 0 no lessons are given this year",
    ),
    key(
        "counts_as_exchange",
        YES_NO,
        "支教 true，其余 false",
        "是否计入上报的交流人数（规则计哪些形式由规则的 form 决定）",
        "whether it counts in the figures that are reported; rules count by their own `form`",
    ),
    key(
        "source",
        "表 table",
        "空 empty",
        "文件、文号、条款；没有规则要求这次流动时印在“依据”栏",
        "document, number and section: the basis printed where no rule asks for the move",
    ),
    key(
        "off",
        YES_NO,
        "false",
        "停用继承来的形式",
        "takes an inherited form out",
    ),
];

/// Terms of 走教.
pub(super) const ITINERANT: &[Key] = &[
    key(
        "subject",
        "学科，可多项 subjects",
        REQUIRED,
        "哪些学科可以走教（短缺学科）；写了本表，方案才会选择走教",
        "the short subjects; plans choose 走教 only where there is this table",
    ),
    key(
        "stage",
        "学段，可多项 stages",
        "全部 every stage",
        "哪些学段",
        "in these stages",
    ),
    key(
        "sites_at_most",
        "2、3",
        "3",
        "一人至多服务几所学校，含本校",
        "schools that one teacher serves at most, the own one included",
    ),
    key(
        "home_days_at_least",
        "1–4",
        "1",
        "每周至少在本校几天（整天）",
        "whole days a week that the own school keeps at least",
    ),
    key(
        "lessons_a_day",
        "整数 whole number",
        "4",
        "每天课时数",
        "lessons of a whole day",
    ),
    key(
        "lessons_lost",
        "整数 whole number",
        "1",
        "外出一天因路程少上的课时",
        "lessons that a day away loses to the way",
    ),
    key(
        "nearest",
        "整数 whole number",
        "3",
        "每位教师只考虑路程最近的几所有零头缺额的学校",
        "of the schools that lack part of a person, the nearest that plans consider for a teacher",
    ),
    key(
        "off",
        YES_NO,
        "false",
        "停用继承来的走教",
        "takes an inherited table out",
    ),
];

pub(super) const PROFILE: &[Key] = &[
    key(
        "employment",
        "词 word",
        UNKNOWN,
        "编制类型；编外的不占编制",
        "in the establishment or outside, where they hold no post of it",
    ),
    key("title", "词 word", UNKNOWN, "职称", "title"),
    key("degree", "词 word", UNKNOWN, "学历", "degree"),
    key(
        "backbone",
        "词 word",
        UNKNOWN,
        "骨干级别",
        "level of backbone teacher",
    ),
    key(
        "programme_teacher",
        YES_NO,
        UNKNOWN,
        "专业课教师",
        "teaches a vocational programme",
    ),
    key(
        "dual_qualified",
        YES_NO,
        UNKNOWN,
        "双师型，如有企业经历者",
        "dual-qualified, such as people from enterprises",
    ),
    key(
        "certified",
        YES_NO,
        UNKNOWN,
        "持有岗位所需教师资格证",
        "holds the certificate for the post",
    ),
];

/// Of what a policy does not say: a rule that asks for it does not count such recruits.
const UNKNOWN: &str = "不明 unknown";

/// The parts of a policy file that are tables of data: name in the file, title, keys.
pub(super) const TABLES: [(&str, &str, &[Key]); 16] = [
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
    ("[form.形式]", "其他流动形式 further forms", FORM),
    ("[itinerant]", "走教 some days at other schools", ITINERANT),
    ("[lever.ID]", "补充渠道 levers", LEVER),
    (
        "profile",
        "招聘对象已知的情况 what is known of recruits",
        PROFILE,
    ),
];

/// Levers in TOML.
pub(super) const LEVER_EXAMPLE: &str = "[lever.certify]\nkind = \"certify\"\ntitle = \"认定双师型教师\"\nat_most = 10\n\
     level = \"people\"\nweight = 0.5\n\n[lever.recruit]\nkind = \"recruit\"\ntitle = \"招聘紧缺学科教师\"\nat_most = 3\n\
     level = \"people\"\nweight = 1\nstage = [\"小学\", \"初中\"]\nsubject = [\"音乐\", \"美术\"]\nto = { zone = \"乡村\" }\n\n\
     [lever.general]\nkind = \"recruit\"\ntitle = \"小学全科公费师范生\"\nat_least = 20\nat_most = 20\n\
     level = \"people\"\nweight = 1\nstage = \"小学\"\nsubject = [\"语文\", \"数学\"]\n\
     first = { zone = \"乡村\" }\nelsewhere = 0.5\nprofile = { degree = \"本科\" }\n\
     arrives = \"2026-09\"\nservice_years = 6\n";
