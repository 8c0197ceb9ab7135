//! What is asked of a year, and of several.

use std::path::PathBuf;

use clap::Args;

use super::{ChangeArguments, Format, SolveArguments, Sources, TableFormat};

#[derive(Debug, Args)]
pub(in crate::cli) struct WhatIfArguments {
    #[command(flatten)]
    pub(in crate::cli) sources: Sources,
    #[command(flatten)]
    pub(in crate::cli) changes: ChangeArguments,
    /// 情形文件（TOML，每个 [[scenario]] 一种情形） / a file of named scenarios
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) scenarios: Option<PathBuf>,
    /// 逐值试算，如 rotation-quota.exactly=0..100:10，可写两次 / a range of values, of up to two keys
    #[arg(long, value_name = "KEY=RANGE")]
    pub(in crate::cli) sweep: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) solve: SolveArguments,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ForecastArguments {
    #[command(flatten)]
    pub(in crate::cli) sources: Sources,
    /// 展望文件，不写用花名册文件夹的 outlook.toml / years, pupils, changes; else the folder's outlook.toml
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) outlook: Option<PathBuf>,
    /// 展望几年，代替展望文件所写 / so many years, whatever the outlook says
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=30))]
    pub(in crate::cli) years: Option<u32>,
    /// 各年方案和指标表写到这个文件夹 / folder for the plans of the years and the tables
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// 替换已有的文件夹 / replace the folder that is there
    #[arg(long)]
    pub(in crate::cli) force: bool,
    #[command(flatten)]
    pub(in crate::cli) solve: SolveArguments,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: TableFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct DiagnoseArguments {
    #[command(flatten)]
    pub(in crate::cli) sources: Sources,
    #[command(flatten)]
    pub(in crate::cli) changes: ChangeArguments,
    /// 出路另存为情形文件 scenarios.toml，可交 whatif 试算 / folder for the ways out, for `whatif`
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// 替换已有的 scenarios.toml / replace the file that is there
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// 只找出路，不逐条编制方案 / do not plan the year for each way out
    #[arg(long)]
    pub(in crate::cli) no_plans: bool,
    #[command(flatten)]
    pub(in crate::cli) solve: SolveArguments,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: Format,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExplainArguments {
    #[command(flatten)]
    pub(in crate::cli) sources: Sources,
    /// 某教师：资格、安排、依据、原因，留任的代价 / of somebody, and the price of keeping him or her
    #[arg(long, value_name = "TEACHER")]
    pub(in crate::cli) teacher: Vec<String>,
    /// 某教师为什么不去某校（不写学校：为什么不流动） / why somebody does not go there, or anywhere
    #[arg(long, value_name = "TEACHER[=SCHOOL]")]
    pub(in crate::cli) why_not: Vec<String>,
    /// 某岗位：需求、任教、缺额、来源，再增一人的代价 / of a post, and the price of one person more
    #[arg(long, value_name = "SCHOOL:STAGE:SUBJECT")]
    pub(in crate::cli) post: Vec<String>,
    /// 某规则：要求、卡在哪里，增减一个单位的代价 / of a rule, and the price of a unit more or less
    #[arg(long, value_name = "RULE")]
    pub(in crate::cli) rule: Vec<String>,
    /// 交流期满返回的人：返回哪些单位、是否超编，腾出的岗位由谁接替 / exchanges that end: who comes home, who follows
    #[arg(long)]
    pub(in crate::cli) returned: bool,
    /// 方案安排流动的每个人，逐人测算留任的代价 / all who move, each as if he or she stayed
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// 逐人测算另存为 CSV / the table of all who move, as CSV
    #[arg(long, value_name = "FILE", requires = "all")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// 替换已有的 CSV / replace the CSV that is there
    #[arg(long, requires = "out")]
    pub(in crate::cli) force: bool,
    /// 写出涉及的其他人的编号和姓名，只供内部 / name the people concerned; for internal copies
    #[arg(long)]
    pub(in crate::cli) names: bool,
    #[command(flatten)]
    pub(in crate::cli) solve: SolveArguments,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: Format,
}

impl ExplainArguments {
    /// Whether anything is asked.
    pub(in crate::cli) const fn asks(&self) -> bool {
        let people = !self.teacher.is_empty() || !self.why_not.is_empty();
        let of_all = self.returned || self.all;
        people || !self.post.is_empty() || !self.rule.is_empty() || of_all
    }
}
