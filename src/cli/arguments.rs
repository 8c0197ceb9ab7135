//! What may be said on the command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{EnumValueParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use shizi::batch::Shard;
use shizi::report::Language;
use shizi::solve::{Engine, SolveOptions};

use super::compare::CompareArguments;
use super::replan::ReplanArguments;

/// 师资：区县教师年度交流调配方案 / the yearly plan of which teacher serves at which school
#[derive(Debug, Parser)]
#[command(name = "shizi", version, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) verb: Verb,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Args)]
pub(super) struct Common {
    /// 界面语言，默认随系统 / language of messages, by default the system's
    #[arg(long, global = true, value_enum)]
    lang: Option<LanguageWord>,
    /// 不显示过程信息 / say only what is wrong
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// 计算线程数，不影响结果 / threads; the result does not depend on it
    #[arg(long, global = true, value_name = "N", value_parser = positive)]
    pub(super) threads: Option<usize>,
}

fn positive(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("应为正整数 / must be a positive whole number".to_owned()),
        Ok(number) => Ok(number),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LanguageWord {
    Zh,
    En,
}

impl Arguments {
    /// The language asked for, else that of the system; offices whose system speaks neither read
    /// English.
    pub(super) fn language(&self) -> Language {
        let chinese = match self.common.lang {
            Some(word) => word == LanguageWord::Zh,
            None => sys_locale::get_locale()
                .is_some_and(|locale| locale.to_ascii_lowercase().starts_with("zh")),
        };
        if chinese {
            Language::Chinese
        } else {
            Language::English
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// 编制年度方案 / plan a year
    Plan(PlanArguments),
    /// 试算：改一处，重新求解，与基准相比 / change something, solve again, compare
    Whatif(WhatIfArguments),
    /// 两个方案相比，任何来源 / two plans of whatever origin side by side
    Compare(CompareArguments),
    /// 方案公布后的调整：至多再动几人 / plan again after the list is out
    Replan(Box<ReplanArguments>),
    /// 冲突诊断：哪些规则不能同时成立，各需放宽多少 / which rules clash, and what must give
    Diagnose(DiagnoseArguments),
    /// 逐年展望：几年内每年的方案、指标和应补充的教师 / several years: plans, indicators, recruits needed
    Forecast(ForecastArguments),
    /// 批量编制：一个文件夹之下的全部区县 / plan all districts below a folder
    Batch(BatchArguments),
    /// 说明：某人为何流动、某岗位为何如此、某规则的代价 / why, of people, posts and rules
    Explain(ExplainArguments),
    /// 跨校竞聘：按志愿和得分匹配 / match wishes and scores across schools
    Match(MatchArguments),
    /// 复核任何方案，也可以是手工方案 / check any plan, also one made by hand
    Audit(AuditArguments),
    /// 检查花名册，或显示区县现状 / the faults of the files, or the state of the district
    Check(CheckArguments),
    /// 核编定岗：各校编制、需求与在岗 / establishment, need and staff by school
    Posts(PostsArguments),
    /// 查看政策文件 / look at policies
    Policy(PolicyArguments),
    /// 生成空白表格 / write empty tables to fill in
    Template(TemplateArguments),
    /// 生成虚构的示例区县 / make a synthetic district
    Generate(GenerateArguments),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    /// 便于阅读 / to read
    #[default]
    Text,
    /// 便于程序处理 / for programs
    Json,
}

/// A district under a policy that has to be named.
#[derive(Debug, Args)]
pub(super) struct Sources {
    /// 花名册文件夹或 xlsx 工作簿 / folder or workbook of the rosters
    #[arg(value_name = "DIR")]
    pub(super) district: PathBuf,
    /// 政策文件路径或内置名称 / path of a policy, or a built-in name
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,
}

/// A district under a policy, the nation's where none is named.
#[derive(Debug, Args)]
pub(super) struct SourcesByDefault {
    /// 花名册文件夹或 xlsx 工作簿 / folder or workbook of the rosters
    #[arg(value_name = "DIR")]
    pub(super) district: PathBuf,
    /// 政策文件路径或内置名称，默认 national / a policy, by default `national`
    #[arg(long, value_name = "FILE", default_value = "national")]
    pub(super) policy: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct PlanArguments {
    #[command(flatten)]
    pub(super) sources: Sources,
    /// 方案写到这个文件夹 / folder for the plan
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// 替换输出文件夹中的旧方案 / replace the plan that is there
    #[arg(long)]
    pub(super) force: bool,
    /// 另写 quotas.csv：各校派出、接收名额，不含姓名 / also write quotas without names
    #[arg(long)]
    pub(super) quotas: bool,
    /// 求解方式，highs 仅供核对 / which way to solve; highs is for cross-checks
    #[arg(long, default_value = "automatic", value_parser = engines())]
    pub(super) engine: Engine,
    /// 每一层级允许的相对误差，0 为完全证明 / relative gap at which a level counts as solved
    #[arg(long, value_name = "GAP", default_value_t = 1e-4, value_parser = gap)]
    pub(super) gap: f64,
    /// 求解时间上限 / end the solve after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) time_limit: Option<Duration>,
    /// 每次整数求解的节点上限 / nodes of branch and bound for one call
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    pub(super) node_limit: u64,
    /// 另写各层级的完整模型（MPS） / also write each level's full model
    #[arg(long, value_name = "DIR")]
    pub(super) write_model: Option<PathBuf>,
    /// 求解过程写入文件 / write the course of the solve to a file
    #[arg(long, value_name = "FILE")]
    pub(super) log: Option<PathBuf>,
    /// 屏幕摘要的格式 / form of the summary on stdout
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

/// Changes of a year, in the words of [`shizi::scenario::Change`].
#[derive(Debug, Args)]
#[command(next_help_heading = "改动 / changes")]
pub(super) struct ChangeArguments {
    /// 改政策中的一个值，如 rotation-quota.exactly=80 / another value of the policy
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// 停用一条规则 / take a rule out
    #[arg(long, value_name = "RULE")]
    without: Vec<String>,
    /// 锁定：T00223=留任、=派往:S059、=不派往:S059、=限定形式:交流 / stay, go:S, forbid:S, form:F
    #[arg(long, value_name = "TEACHER=LOCK")]
    lock: Vec<String>,
    /// 取消锁定：T00223 的全部锁定，或 T00223=留任 这一条 / all locks of a teacher, or one of them
    #[arg(long, value_name = "TEACHER[=LOCK]")]
    unlock: Vec<String>,
    /// 本学年离岗（产假、借调等） / gives no lessons this year
    #[arg(long, value_name = "TEACHER")]
    absent: Vec<String>,
    /// 离职或不到岗 / leaves, or does not come
    #[arg(long, value_name = "TEACHER")]
    leave: Vec<String>,
    /// 新聘到岗，如 S059:小学:音乐:2 / recruits who begin at a school
    #[arg(long, value_name = "SCHOOL:STAGE:SUBJECT[:N]")]
    recruit: Vec<String>,
    /// 增减班级，如 S059:小学=+1、全区:小学=-40 / classes more or less
    #[arg(
        long,
        value_name = "SCHOOL:STAGE[:GRADE]=N",
        allow_hyphen_values = true
    )]
    classes: Vec<String>,
    /// 新建学校，如 城南初中:S059:初中:24（建在 S059 附近，24 个班） / a school opens beside another
    #[arg(long, value_name = "NAME:SCHOOL:STAGE:CLASSES")]
    open: Vec<String>,
    /// 撤销学校，如 S059 或 S059:S060 / a school closes
    #[arg(long, value_name = "SCHOOL[:SCHOOL]")]
    close: Vec<String>,
}

impl ChangeArguments {
    /// The word of each change with its text.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let lists = [
            ("set", &self.set),
            ("without", &self.without),
            ("unlock", &self.unlock),
            ("lock", &self.lock),
            ("absent", &self.absent),
            ("leave", &self.leave),
            ("recruit", &self.recruit),
            ("classes", &self.classes),
            ("open", &self.open),
            ("close", &self.close),
        ];
        lists
            .into_iter()
            .flat_map(|(word, texts)| texts.iter().map(move |text| (word, text)))
    }
}

/// What a solve may spend.
#[derive(Debug, Args)]
pub(super) struct SolveArguments {
    /// 每一层级允许的相对误差，0 为完全证明 / relative gap at which a level counts as solved
    #[arg(long, value_name = "GAP", default_value_t = 1e-4, value_parser = gap)]
    pub(super) gap: f64,
    /// 每次求解的时间上限 / end each solve after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) time_limit: Option<Duration>,
}

impl SolveArguments {
    /// As options of a solve.
    pub(super) fn options(&self) -> SolveOptions {
        SolveOptions {
            target_gap: self.gap,
            time_limit: self.time_limit,
            ..SolveOptions::default()
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct WhatIfArguments {
    #[command(flatten)]
    pub(super) sources: Sources,
    #[command(flatten)]
    pub(super) changes: ChangeArguments,
    /// 情形文件（TOML，每个 [[scenario]] 一种情形） / a file of named scenarios
    #[arg(long, value_name = "FILE")]
    pub(super) scenarios: Option<PathBuf>,
    /// 逐值试算，如 rotation-quota.exactly=0..100:10，可写两次 / a range of values, of up to two keys
    #[arg(long, value_name = "KEY=RANGE")]
    pub(super) sweep: Vec<String>,
    #[command(flatten)]
    pub(super) solve: SolveArguments,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: TableFormat,
}

#[derive(Debug, Args)]
pub(super) struct ForecastArguments {
    #[command(flatten)]
    pub(super) sources: Sources,
    /// 展望文件，不写用花名册文件夹的 outlook.toml / years, pupils, changes; else the folder's outlook.toml
    #[arg(long, value_name = "FILE")]
    pub(super) outlook: Option<PathBuf>,
    /// 展望几年，代替展望文件所写 / so many years, whatever the outlook says
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=30))]
    pub(super) years: Option<u32>,
    /// 各年方案和指标表写到这个文件夹 / folder for the plans of the years and the tables
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// 替换已有的文件夹 / replace the folder that is there
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) solve: SolveArguments,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: TableFormat,
}

#[derive(Debug, Args)]
pub(super) struct DiagnoseArguments {
    #[command(flatten)]
    pub(super) sources: Sources,
    #[command(flatten)]
    pub(super) changes: ChangeArguments,
    /// 出路另存为情形文件 scenarios.toml，可交 whatif 试算 / folder for the ways out, for `whatif`
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// 替换已有的 scenarios.toml / replace the file that is there
    #[arg(long)]
    pub(super) force: bool,
    /// 只找出路，不逐条编制方案 / do not plan the year for each way out
    #[arg(long)]
    pub(super) no_plans: bool,
    #[command(flatten)]
    pub(super) solve: SolveArguments,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct BatchArguments {
    /// 其下每个含花名册的文件夹（或 xlsx）是一个区县 / a folder of districts
    #[arg(value_name = "FOLDER")]
    pub(super) folder: PathBuf,
    /// 政策文件或内置名称；区县文件夹里的 policy.toml 优先 / a policy, where a district has none
    #[arg(long, value_name = "FILE", default_value = "national")]
    pub(super) policy: PathBuf,
    /// 方案和汇总写到这个文件夹 / folder for the plans and the summary
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// 同时计算的区县数，默认为线程数 / districts side by side, by default the threads
    #[arg(long, value_name = "N", value_parser = positive)]
    pub(super) jobs: Option<usize>,
    /// 只算其中一份，如 2/8，用于作业数组 / one part of several, for arrays of jobs
    #[arg(long, value_name = "I/N", default_value = "1/1", value_parser = super::batch::shard)]
    pub(super) shard: Shard,
    #[command(flatten)]
    pub(super) solve: SolveArguments,
    /// 屏幕输出格式 / form of the summary on stdout
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    #[command(flatten)]
    pub(super) sources: Sources,
    /// 某教师：资格、安排、依据、原因，留任的代价 / of somebody, and the price of keeping him or her
    #[arg(long, value_name = "TEACHER")]
    pub(super) teacher: Vec<String>,
    /// 某教师为什么不去某校（不写学校：为什么不流动） / why somebody does not go there, or anywhere
    #[arg(long, value_name = "TEACHER[=SCHOOL]")]
    pub(super) why_not: Vec<String>,
    /// 某岗位：需求、任教、缺额、来源，再增一人的代价 / of a post, and the price of one person more
    #[arg(long, value_name = "SCHOOL:STAGE:SUBJECT")]
    pub(super) post: Vec<String>,
    /// 某规则：要求、卡在哪里，增减一个单位的代价 / of a rule, and the price of a unit more or less
    #[arg(long, value_name = "RULE")]
    pub(super) rule: Vec<String>,
    /// 交流期满返回的人：返回哪些单位、是否超编，腾出的岗位由谁接替 / exchanges that end: who comes home, who follows
    #[arg(long)]
    pub(super) returned: bool,
    /// 方案安排流动的每个人，逐人测算留任的代价 / all who move, each as if he or she stayed
    #[arg(long)]
    pub(super) all: bool,
    /// 逐人测算另存为 CSV / the table of all who move, as CSV
    #[arg(long, value_name = "FILE", requires = "all")]
    pub(super) out: Option<PathBuf>,
    /// 替换已有的 CSV / replace the CSV that is there
    #[arg(long, requires = "out")]
    pub(super) force: bool,
    /// 写出涉及的其他人的编号和姓名，只供内部 / name the people concerned; for internal copies
    #[arg(long)]
    pub(super) names: bool,
    #[command(flatten)]
    pub(super) solve: SolveArguments,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

impl ExplainArguments {
    /// Whether anything is asked.
    pub(super) const fn asks(&self) -> bool {
        let people = !self.teacher.is_empty() || !self.why_not.is_empty();
        let of_all = self.returned || self.all;
        people || !self.post.is_empty() || !self.rule.is_empty() || of_all
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum TableFormat {
    /// 便于阅读 / to read
    #[default]
    Text,
    /// 便于程序处理 / for programs
    Json,
    /// 表格 / a table
    Csv,
}

#[derive(Debug, Args)]
pub(super) struct MatchArguments {
    #[command(flatten)]
    pub(super) sources: Sources,
    /// 结果写到这个文件夹 / folder for the result
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// 替换输出文件夹中的旧结果 / replace the result that is there
    #[arg(long)]
    pub(super) force: bool,
    /// 屏幕摘要的格式 / form of the summary on stdout
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EngineWord {
    Automatic,
    Monolithic,
    Decomposed,
    Highs,
}

/// Reads the word for an engine that this build has.
fn engines() -> impl TypedValueParser<Value = Engine> {
    EnumValueParser::<EngineWord>::new().try_map(|word| {
        let engine = match word {
            EngineWord::Automatic => Engine::Automatic,
            EngineWord::Monolithic => Engine::Monolithic,
            EngineWord::Decomposed => Engine::Decomposed,
            EngineWord::Highs => Engine::Highs,
        };
        if engine.is_built() {
            return Ok(engine);
        }
        Err(
            "本程序编译时未包含 HiGHS，请安装 cmake、C++ 编译器和 libclang 后用 \
             cargo build --release --features highs 重新编译 / this build has no HiGHS: install \
             cmake, a C++ compiler and libclang and build with \
             cargo build --release --features highs",
        )
    })
}

fn gap(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(gap) if (0.0..1.0).contains(&gap) => Ok(gap),
        _ => Err("应为 0 到 1 之间的数，如 0.0001 / a number from 0 to 1".to_owned()),
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    text.parse::<f64>()
        .ok()
        .filter(|seconds| *seconds > 0.0)
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "应为正的秒数 / a positive number of seconds".to_owned())
}

#[derive(Debug, Args)]
pub(super) struct AuditArguments {
    /// 方案文件夹 / folder of the plan
    #[arg(value_name = "PLAN_DIR")]
    pub(super) plan: PathBuf,
    #[command(flatten)]
    pub(super) sources: Sources,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub(super) sources: SourcesByDefault,
    /// 问题清单另存为 CSV，按学校排列，便于退回 / write the faults by school, to send back
    #[arg(long, value_name = "FILE")]
    pub(super) faults: Option<PathBuf>,
    /// 替换已有的问题清单 / replace the list of faults that is there
    #[arg(long)]
    pub(super) force: bool,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct PostsArguments {
    #[command(flatten)]
    pub(super) sources: SourcesByDefault,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct PolicyArguments {
    #[command(subcommand)]
    pub(super) verb: PolicyVerb,
}

#[derive(Debug, Subcommand)]
pub(super) enum PolicyVerb {
    /// 展开后的政策：每条规则、每个数字出自哪个文件 / the flattened policy and where its numbers come from
    Show {
        /// 政策文件路径或内置名称 / path of a policy, or a built-in name
        #[arg(value_name = "FILE")]
        policy: PathBuf,
        /// 输出格式 / form of the output
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

#[derive(Debug, Args)]
pub(super) struct TemplateArguments {
    /// 写到这个文件夹 / folder for the empty tables
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct GenerateArguments {
    /// 区县规模 / which district, of which size
    #[arg(long, value_name = "NAME")]
    pub(super) profile: String,
    /// 求解难点，用于检验 / what makes it hard to plan, for benchmarks
    #[arg(long, value_name = "KIND")]
    pub(super) kind: Option<String>,
    /// 随机种子 / seed
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,
    /// 写到这个文件夹 / folder for the district
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
}
