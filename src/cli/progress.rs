//! Progress on the terminal while it solves, its course in a log, and Ctrl-C.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Context;
use serde_json::json;

use shizi::policy::Policy;
use shizi::report::Language;
use shizi::rules::UNITS_PER_PERSON;
use shizi::solve::{Progress, Trace, Watcher};

use super::printer::Printer;

/// How often the line on the terminal changes at most.
const INTERVAL: Duration = Duration::from_millis(200);

/// Shows how far a solve is.
pub(super) struct Reporter {
    language: Language,
    levels: Vec<String>,
    is_shown: bool,
    state: Mutex<State>,
}

struct State {
    shown_at: Option<Duration>,
    log: Option<BufWriter<File>>,
}

impl Reporter {
    /// A reporter for the levels of a policy.
    ///
    /// # Errors
    /// Where the log cannot be opened.
    pub(super) fn of(
        printer: Printer,
        policy: &Policy,
        log: Option<&Path>,
    ) -> anyhow::Result<Self> {
        let titles = policy.levels.iter().map(|level| {
            let title = printer.language.title(&level.title, &level.title_english);
            title.to_owned()
        });
        let levels: Vec<String> = titles.collect();
        let log = log
            .map(|path| File::create(path).with_context(|| path.display().to_string()))
            .transpose()?
            .map(BufWriter::new);
        Ok(Self {
            language: printer.language,
            levels,
            is_shown: !printer.is_quiet() && io::stderr().is_terminal(),
            state: Mutex::new(State {
                shown_at: None,
                log,
            }),
        })
    }

    /// Clears the line and closes the log.
    pub(super) fn finish(&self) {
        if self.is_shown {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
        let log = self
            .state
            .lock()
            .ok()
            .and_then(|mut state| state.log.take());
        if let Some(mut log) = log {
            let _ = log.flush();
        }
    }

    fn line(&self, progress: &Progress) -> String {
        let title = self.levels.get(progress.level).map_or("", String::as_str);
        let phase = match (self.language, progress.phase) {
            (Language::Chinese, "build") => "建模",
            (Language::Chinese, "relaxation") => "松弛",
            (Language::Chinese, "prices") => "定价",
            (Language::Chinese, "core") => "核心",
            (Language::Chinese, "knots") => "细查",
            (Language::Chinese, "search") => "搜索",
            (_, phase) => phase,
        };
        let persons = |units: Option<i64>| {
            units.map_or_else(
                || "—".to_owned(),
                |units| format!("{:.2}", units as f64 / UNITS_PER_PERSON as f64),
            )
        };
        let (value, bound) = (persons(progress.value), persons(progress.bound));
        let gap = progress
            .gap
            .map_or_else(|| "—".to_owned(), |gap| format!("{:.3}%", gap * 100.0));
        let (level, total) = (progress.level + 1, self.levels.len());
        let seconds = progress.elapsed.as_secs();
        match self.language {
            Language::Chinese => format!(
                "[{seconds} 秒] 层级 {level}/{total} {title}·{phase}  结果 {value}  下界 {bound}  差距 {gap}"
            ),
            Language::English => format!(
                "[{seconds} s] level {level}/{total} {title}, {phase}: value {value}, bound {bound}, gap {gap}"
            ),
        }
    }
}

impl Watcher for Reporter {
    fn progress(&self, progress: &Progress) {
        let Ok(mut state) = self.state.lock() else {
            return;
        };
        if let Some(log) = &mut state.log {
            let line = json!({
                "elapsed": seconds(progress.elapsed),
                "level": progress.level + 1,
                "phase": progress.phase,
                "value": progress.value,
                "bound": progress.bound,
                "gap": progress.gap,
            });
            let _ = writeln!(log, "{line}");
        }
        let is_due = state
            .shown_at
            .is_none_or(|shown| progress.elapsed.saturating_sub(shown) >= INTERVAL);
        if self.is_shown && is_due {
            state.shown_at = Some(progress.elapsed);
            let line = self.line(progress);
            let _ = write!(io::stderr().lock(), "\r\x1b[K{line}");
        }
    }

    fn trace(&self, trace: &Trace<'_>) {
        let Ok(mut state) = self.state.lock() else {
            return;
        };
        if let Some(log) = &mut state.log {
            let mut line = json!({
                "elapsed": seconds(trace.elapsed),
                "level": trace.level.map_or(0, |level| level + 1),
                "step": trace.step,
            });
            for &(name, figure) in trace.figures {
                line[name] = json!(figure);
            }
            let _ = writeln!(log, "{line}");
        }
    }
}

/// Seconds to the millisecond.
fn seconds(elapsed: Duration) -> f64 {
    elapsed.as_millis() as f64 / 1000.0
}

/// What the first Ctrl-C asks for; the second ends the process.
#[derive(Debug, Clone, Default)]
pub(super) struct Interrupt {
    raised: Arc<AtomicBool>,
    solving: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on.
    ///
    /// # Errors
    /// Where the system lets no handler be set.
    pub(super) fn listen(printer: Printer) -> anyhow::Result<Self> {
        let interrupt = Self::default();
        let held = interrupt.clone();
        ctrlc::set_handler(move || {
            if held.raised.swap(true, Ordering::Relaxed) {
                // Whoever presses twice wants no plan.
                std::process::exit(2);
            }
            printer.say(if held.solving.load(Ordering::Relaxed) {
                printer.pick(
                    "\n正在结束求解，将给出目前最好的方案；再按一次立即退出",
                    "\nending the solve with the best plan so far; press again to leave at once",
                )
            } else {
                printer.pick(
                    "\n正在结束；再按一次立即退出",
                    "\nending; press again to leave at once",
                )
            });
        })?;
        Ok(interrupt)
    }

    /// The flag for the solve, which begins now: from here on there may be a plan to give.
    pub(super) fn solving(&self) -> &AtomicBool {
        self.solving.store(true, Ordering::Relaxed);
        &self.raised
    }

    /// Whether to end before the solve has begun; says so.
    pub(super) fn ends_here(&self, printer: Printer) -> bool {
        let raised = self.raised.load(Ordering::Relaxed);
        if raised {
            printer.say(printer.pick(
                "已中断，尚无方案，没有写出任何文件",
                "interrupted; no plan yet, nothing was written",
            ));
        }
        raised
    }
}
