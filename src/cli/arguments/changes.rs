//! Changes of a year on the command line.

use clap::Args;

/// Changes of a year, in the words of [`shizi::scenario::Change`].
#[derive(Debug, Args)]
#[command(next_help_heading = "改动 / changes")]
pub(in crate::cli) struct ChangeArguments {
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
    pub(in crate::cli) fn texts(&self) -> impl Iterator<Item = (&'static str, &String)> {
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
