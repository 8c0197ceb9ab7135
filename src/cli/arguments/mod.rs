//! What may be said on the command line.

mod answers;
mod changes;
mod solve;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use shizi::batch::Shard;
use shizi::report::Language;
use shizi::solve::Engine;

use super::compare::CompareArguments;
use super::replan::ReplanArguments;
use solve::{engines, gap, seconds};

pub(in crate::cli) use answers::{
    DiagnoseArguments, ExplainArguments, ForecastArguments, WhatIfArguments,
};
pub(in crate::cli) use changes::ChangeArguments;
pub(in crate::cli) use solve::SolveArguments;

/// 师资：区县教师年度交流调配方案 / the yearly plan of which teacher serves at which school
#[derive(Debug, Parser)]
#[command(name = "shizi", version, max_term_width = 100)]
pub(in crate::cli) struct Arguments {
    #[command(subcommand)]
    pub(in crate::cli) verb: Verb,
    #[command(flatten)]
    pub(in crate::cli) common: Common,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Common {
    /// 界面语言，默认随系统 / language of messages, by default the system's
    #[arg(long, global = true, value_enum)]
    lang: Option<LanguageWord>,
    /// 不显示过程信息 / say only what is wrong
    #[arg(long, short, global = true)]
    pub(in crate::cli) quiet: bool,
    /// 计算线程数，不影响结果 / threads; the result does not depend on it
    #[arg(long, global = true, value_name = "N", value_parser = positive)]
    pub(in crate::cli) threads: Option<usize>,
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
    pub(in crate::cli) fn language(&self) -> Language {
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
pub(in crate::cli) enum Verb {
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
pub(in crate::cli) enum Format {
    /// 便于阅读 / to read
    #[default]
    Text,
    /// 便于程序处理 / for programs
    Json,
}

/// A district under a policy that has to be named.
#[derive(Debug, Args)]
pub(in crate::cli) struct Sources {
    /// 花名册文件夹或 xlsx 工作簿 / folder or workbook of the rosters
    #[arg(value_name = "DIR")]
    pub(in crate::cli) district: PathBuf,
    /// 政策文件路径或内置名称 / path of a policy, or a built-in name
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) policy: Option<PathBuf>,
}

/// A district under a policy, the nation's where none is named.
#[derive(Debug, Args)]
pub(in crate::cli) struct SourcesByDefault {
    /// 花名册文件夹或 xlsx 工作簿 / folder or workbook of the rosters
    #[arg(value_name = "DIR")]
    pub(in crate::cli) district: PathBuf,
    /// 政策文件路径或内置名称，默认 national / a policy, by default `national`
    #[arg(long, value_name = "FILE", default_value = "national")]
    pub(in crate::cli) policy: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct PlanArguments {
    #[command(flatten)]
    pub(in crate::cli) sources: Sources,
    /// 方案写到这个文件夹 / folder for the plan
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: PathBuf,
    /// 替换输出文件夹中的旧方案 / replace the plan that is there
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// 另写 quotas.csv：各校派出、接收名额，不含姓名 / also write quotas without names
    #[arg(long)]
    pub(in crate::cli) quotas: bool,
    /// 求解方式，highs 仅供核对 / which way to solve; highs is for cross-checks
    #[arg(long, default_value = "automatic", value_parser = engines())]
    pub(in crate::cli) engine: Engine,
    /// 每一层级允许的相对误差，0 为完全证明 / relative gap at which a level counts as solved
    #[arg(long, value_name = "GAP", default_value_t = 1e-4, value_parser = gap)]
    pub(in crate::cli) gap: f64,
    /// 求解时间上限 / end the solve after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(in crate::cli) time_limit: Option<Duration>,
    /// 每次整数求解的节点上限 / nodes of branch and bound for one call
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    pub(in crate::cli) node_limit: u64,
    /// 另写各层级的完整模型（MPS） / also write each level's full model
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) write_model: Option<PathBuf>,
    /// 求解过程写入文件 / write the course of the solve to a file
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) log: Option<PathBuf>,
    /// 屏幕摘要的格式 / form of the summary on stdout
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: Format,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct BatchArguments {
    /// 其下每个含花名册的文件夹（或 xlsx）是一个区县 / a folder of districts
    #[arg(value_name = "FOLDER")]
    pub(in crate::cli) folder: PathBuf,
    /// 政策文件或内置名称；区县文件夹里的 policy.toml 优先 / a policy, where a district has none
    #[arg(long, value_name = "FILE", default_value = "national")]
    pub(in crate::cli) policy: PathBuf,
    /// 方案和汇总写到这个文件夹 / folder for the plans and the summary
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: PathBuf,
    /// 同时计算的区县数，默认为线程数 / districts side by side, by default the threads
    #[arg(long, value_name = "N", value_parser = positive)]
    pub(in crate::cli) jobs: Option<usize>,
    /// 只算其中一份，如 2/8，用于作业数组 / one part of several, for arrays of jobs
    #[arg(long, value_name = "I/N", default_value = "1/1", value_parser = crate::cli::batch::shard)]
    pub(in crate::cli) shard: Shard,
    #[command(flatten)]
    pub(in crate::cli) solve: SolveArguments,
    /// 屏幕输出格式 / form of the summary on stdout
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum TableFormat {
    /// 便于阅读 / to read
    #[default]
    Text,
    /// 便于程序处理 / for programs
    Json,
    /// 表格 / a table
    Csv,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct MatchArguments {
    #[command(flatten)]
    pub(in crate::cli) sources: Sources,
    /// 结果写到这个文件夹 / folder for the result
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: PathBuf,
    /// 替换输出文件夹中的旧结果 / replace the result that is there
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// 屏幕摘要的格式 / form of the summary on stdout
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: Format,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AuditArguments {
    /// 方案文件夹 / folder of the plan
    #[arg(value_name = "PLAN_DIR")]
    pub(in crate::cli) plan: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) sources: Sources,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: Format,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArguments {
    #[command(flatten)]
    pub(in crate::cli) sources: SourcesByDefault,
    /// 问题清单另存为 CSV，按学校排列，便于退回 / write the faults by school, to send back
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) faults: Option<PathBuf>,
    /// 替换已有的问题清单 / replace the list of faults that is there
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: Format,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct PostsArguments {
    #[command(flatten)]
    pub(in crate::cli) sources: SourcesByDefault,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: Format,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct PolicyArguments {
    #[command(subcommand)]
    pub(in crate::cli) verb: PolicyVerb,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PolicyVerb {
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
pub(in crate::cli) struct TemplateArguments {
    /// 写到这个文件夹 / folder for the empty tables
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct GenerateArguments {
    /// 区县规模 / which district, of which size
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) profile: String,
    /// 求解难点，用于检验 / what makes it hard to plan, for benchmarks
    #[arg(long, value_name = "KIND")]
    pub(in crate::cli) kind: Option<String>,
    /// 随机种子 / seed
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(in crate::cli) seed: u64,
    /// 写到这个文件夹 / folder for the district
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: PathBuf,
}
