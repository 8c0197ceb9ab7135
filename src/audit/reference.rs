//! The reference page of what audits find, from the table of their codes.

use super::codes::{FINDING_CODES, Severity};
use crate::reference::Page;

/// The page, in Markdown. `docs/findings.md` is this; a test compares them.
pub fn reference() -> String {
    let mut page = Page::default();
    page.line(INTRODUCTION);
    for severity in [Severity::Breach, Severity::Unmet, Severity::Note] {
        page.heading(heading(severity));
        page.header(&["代码", "问题", "meaning"]);
        let found = FINDING_CODES.iter();
        for held in found.filter(|held| held.severity == severity) {
            page.row(&[held.code, held.chinese, held.english]);
        }
    }
    page.finish()
}

const INTRODUCTION: &str = "\
# 复核发现 What audits find

本页由程序生成（`src/audit`），与复核程序同源。
This page is generated from the table that audits themselves use.

`shizi audit 方案 区县 --policy 政策` 由文件重新核对任何方案，页面和 `--format json` 每处发现都有代码：`R0` 文件、
`R1` 表的内容与汇总、`R2` 每个人的安排与各条规则、`R3` 补充渠道。代码后写文件、行、列、所涉教师或学校；同一文件同一列的
同类发现，页面列前五处，JSON 有全部。有“不能照此执行”的，复核不通过，退出码为 1；其余不影响通过。
`shizi audit` checks any plan again from its files. Every finding has a code: `R0` files, `R1` what tables and
the summary hold, `R2` everybody's placement and the rules, `R3` levers. Behind it stand file, row, column and
whom or what it concerns; of one kind in one column the page shows five, the JSON all. An audit with findings
of the first table fails (exit code 1); the others do not stand against a plan.";

const fn heading(severity: Severity) -> &'static str {
    match severity {
        Severity::Breach => "## 不能照此执行 Against the plan",
        Severity::Unmet => "## 法定底线未达到 Legal floors not met",
        Severity::Note => "## 提示 Notes",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_page_is_current() {
        crate::reference::check_committed("docs/findings.md", &reference());
    }

    #[test]
    fn every_code_is_on_the_page_once() {
        let page = reference();
        for held in FINDING_CODES {
            let row = format!("| {} | {} | {} |", held.code, held.chinese, held.english);
            assert_eq!(page.matches(&row).count(), 1, "{}", held.code);
        }
    }
}
