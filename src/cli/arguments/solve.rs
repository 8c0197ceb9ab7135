//! What a solve may spend, and which way it goes.

use std::time::Duration;

use clap::builder::{EnumValueParser, TypedValueParser};
use clap::{Args, ValueEnum};

use shizi::solve::{Engine, SolveOptions};

/// What a solve may spend.
#[derive(Debug, Args)]
pub(in crate::cli) struct SolveArguments {
    /// 每一层级允许的相对误差，0 为完全证明 / relative gap at which a level counts as solved
    #[arg(long, value_name = "GAP", default_value_t = 1e-4, value_parser = gap)]
    pub(in crate::cli) gap: f64,
    /// 每次求解的时间上限 / end each solve after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(in crate::cli) time_limit: Option<Duration>,
}

impl SolveArguments {
    /// As options of a solve.
    pub(in crate::cli) fn options(&self) -> SolveOptions {
        SolveOptions {
            target_gap: self.gap,
            time_limit: self.time_limit,
            ..SolveOptions::default()
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EngineWord {
    Automatic,
    Monolithic,
    Decomposed,
    Highs,
}

/// Reads the word for an engine that this build has.
pub(super) fn engines() -> impl TypedValueParser<Value = Engine> {
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

pub(super) fn gap(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(gap) if (0.0..1.0).contains(&gap) => Ok(gap),
        _ => Err("应为 0 到 1 之间的数，如 0.0001 / a number from 0 to 1".to_owned()),
    }
}

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    text.parse::<f64>()
        .ok()
        .filter(|seconds| *seconds > 0.0)
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "应为正的秒数 / a positive number of seconds".to_owned())
}
