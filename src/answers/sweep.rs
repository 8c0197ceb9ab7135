//! A key of the policy through a range of values, or two keys through all pairs.

use toml::Value;

use crate::policy::PolicyFault;
use crate::scenario::{Change, Scenario};

/// A key and the values that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sweep {
    /// The key.
    pub key: String,
    /// Its values, in their order.
    pub values: Vec<i64>,
}

/// Values of one key at most.
const MOST_VALUES: usize = 1000;

impl Sweep {
    /// Reads `KEY=FIRST..LAST:STEP`, or `KEY=A,B,C`.
    ///
    /// # Errors
    /// What is wrong with the text, and how it is written.
    pub fn parse(text: &str) -> Result<Self, PolicyFault> {
        Self::read(text).ok_or_else(|| PolicyFault {
            code: "W001",
            place: "sweep".to_owned(),
            message: format!("读不懂“{text}” / `{text}` cannot be read"),
            advice:
                "写法 / write: 规则.键=起..止:步长 RULE.KEY=0..100:10，或 / or RULE.KEY=30,50,80"
                    .to_owned(),
        })
    }

    fn read(text: &str) -> Option<Self> {
        let (key, range) = text.split_once('=')?;
        let key = key.trim();
        if !key.contains('.') {
            return None;
        }
        let values: Vec<i64> = if let Some((first, rest)) = range.split_once("..") {
            let (last, step) = rest.split_once(':').unwrap_or((rest, "1"));
            let (first, last): (i64, i64) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
            let step: i64 = step.trim().parse().ok().filter(|&step| step > 0)?;
            let values = (0..).map_while(|place: i64| {
                let value = place.checked_mul(step)?.checked_add(first)?;
                (value <= last).then_some(value)
            });
            values.take(MOST_VALUES + 1).collect()
        } else {
            let values = range.split(',').map(|value| value.trim().parse().ok());
            values.collect::<Option<_>>()?
        };
        (1..=MOST_VALUES).contains(&values.len()).then(|| Self {
            key: key.to_owned(),
            values,
        })
    }
}

/// One scenario for every value, or every pair of values, on top of the changes that hold in all.
pub fn sweep_scenarios(sweeps: &[Sweep], always: &[Change]) -> Vec<Scenario> {
    let mut scenarios = vec![Scenario {
        changes: always.to_vec(),
        ..Scenario::default()
    }];
    for sweep in sweeps {
        let with = |scenario: &Scenario, value: i64| {
            let mut scenario = scenario.clone();
            scenario
                .changes
                .push(Change::set(&sweep.key, Value::Integer(value)));
            let name = format!("{}={value}", sweep.key);
            scenario.name = [scenario.name, name]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("，");
            scenario
        };
        scenarios = scenarios
            .iter()
            .flat_map(|scenario| sweep.values.iter().map(move |&value| with(scenario, value)))
            .collect();
    }
    scenarios
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_lists_are_read() {
        let values = |text: &str| Sweep::parse(text).unwrap().values;
        assert_eq!(values("q.exactly=0..100:25"), [0, 25, 50, 75, 100]);
        assert_eq!(values("q.exactly=3..5"), [3, 4, 5]);
        assert_eq!(values("q.exactly=30, 50,80"), [30, 50, 80]);
        for wrong in [
            "q",
            "q=1..2",
            "q.a=",
            "q.a=5..1",
            "q.a=1..9:0",
            "q.a=0..9999999",
            "q.a=x",
        ] {
            assert!(Sweep::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn two_keys_make_all_pairs() {
        let sweep = |key: &str| Sweep {
            key: key.to_owned(),
            values: vec![1, 2],
        };
        let scenarios = sweep_scenarios(&[sweep("a.x"), sweep("b.y")], &[]);
        let names: Vec<&str> = scenarios.iter().map(|held| held.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "a.x=1，b.y=1",
                "a.x=1，b.y=2",
                "a.x=2，b.y=1",
                "a.x=2，b.y=2"
            ]
        );
        assert_eq!(scenarios[3].changes.len(), 2);
    }
}
