//! A key of the policy through a range of values, or two keys through all pairs.

use std::fmt;

use toml::Value;

use crate::policy::PolicyFault;
use crate::scenario::{Change, Scenario};

/// A key and the values that it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// The key.
    pub key: String,
    /// Its values, in their order.
    pub values: Vec<Swept>,
}

/// A value that a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// In units of the last digit.
    digits: i64,
    /// Digits after the point.
    places: u32,
    /// Whether it is a share, in percent.
    is_share: bool,
}

/// Values of one key at most.
const MOST_VALUES: usize = 1000;
/// Digits after the point at most.
const MOST_PLACES: u32 = 9;

impl Swept {
    /// How much it is; shares in percent.
    pub fn amount(self) -> f64 {
        self.digits as f64 / 10_f64.powi(self.places as i32)
    }

    /// Whether it is a share.
    pub const fn is_share(self) -> bool {
        self.is_share
    }

    /// As it stands in a policy.
    pub fn value(self) -> Value {
        if self.is_share {
            Value::String(self.to_string())
        } else if self.places == 0 {
            Value::Integer(self.digits)
        } else {
            Value::Float(self.amount())
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let share = text.strip_suffix('%');
        let number = share.unwrap_or(text).trim_end();
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let places = u32::try_from(part.len()).ok()?;
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit())
            && (places > 0) == number.contains('.')
            && places <= MOST_PLACES;
        Some(Self {
            digits: format!("{whole}{part}")
                .parse()
                .ok()
                .filter(|_| is_number)?,
            places,
            is_share: share.is_some(),
        })
    }

    /// The same with so many digits after the point.
    fn with_places(self, places: u32) -> Option<Self> {
        let times = 10_i64.checked_pow(places.checked_sub(self.places)?)?;
        let digits = self.digits.checked_mul(times)?;
        Some(Self {
            digits,
            places,
            ..self
        })
    }
}

impl fmt::Display for Swept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_share { "%" } else { "" };
        let places = self.places as usize;
        write!(formatter, "{:.places$}{sign}", self.amount())
    }
}

impl Sweep {
    /// Reads `KEY=FIRST..LAST:STEP`, or `KEY=A,B,C`: whole numbers, decimals, or shares as `5%`.
    ///
    /// # Errors
    /// What is wrong with the text, and how it is written.
    pub fn parse(text: &str) -> Result<Self, PolicyFault> {
        let narrow = |sign: char| match sign {
            '＝' => '=',
            '：' => ':',
            '％' => '%',
            '，' => ',',
            other => other,
        };
        let narrow: String = text.chars().map(narrow).collect();
        Self::read(&narrow).ok_or_else(|| PolicyFault {
            code: "W001",
            place: "sweep".to_owned(),
            message: format!("读不懂“{text}” / `{text}` cannot be read"),
            advice: "写法 / write: 规则.键=起..止:步长 RULE.KEY=0..100:10、5%..20%:5%，或 / or \
                     RULE.KEY=30,50,80"
                .to_owned(),
        })
    }

    fn read(text: &str) -> Option<Self> {
        let (key, range) = text.split_once('=')?;
        let key = key.trim();
        if !key.contains('.') {
            return None;
        }
        let values = match range.split_once("..") {
            Some((first, rest)) => Self::range(first, rest)?,
            None => range.split(',').map(Swept::parse).collect::<Option<_>>()?,
        };
        (1..=MOST_VALUES).contains(&values.len()).then(|| Self {
            key: key.to_owned(),
            values,
        })
    }

    /// From the first to the last, of one sort all three, a step apart.
    fn range(first: &str, rest: &str) -> Option<Vec<Swept>> {
        let (last, step) = rest.split_once(':').unwrap_or((rest, ""));
        let (first, last) = (Swept::parse(first)?, Swept::parse(last)?);
        let step = match step {
            "" => Swept {
                digits: 1,
                places: 0,
                ..first
            },
            step => Swept::parse(step)?,
        };
        let all = [first, last, step];
        let places = all.iter().map(|held| held.places).max()?;
        let [first, last, step] = all.map(|held| held.with_places(places));
        let (first, last, step) = (first?, last?, step?);
        let is_of_one_sort = first.is_share == last.is_share && first.is_share == step.is_share;
        if step.digits <= 0 || !is_of_one_sort {
            return None;
        }
        let values = (0..).map_while(|place: i64| {
            let digits = place.checked_mul(step.digits)?.checked_add(first.digits)?;
            (digits <= last.digits).then_some(Swept { digits, ..first })
        });
        Some(values.take(MOST_VALUES + 1).collect())
    }
}

/// One scenario for every value, or every pair of values, on top of the changes that hold in all.
pub fn sweep_scenarios(sweeps: &[Sweep], always: &[Change]) -> Vec<Scenario> {
    let mut scenarios = vec![Scenario {
        changes: always.to_vec(),
        ..Scenario::default()
    }];
    for sweep in sweeps {
        let with = |scenario: &Scenario, value: Swept| {
            let mut scenario = scenario.clone();
            let change = Change::set(&sweep.key, value.value());
            scenario.changes.push(change);
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

    fn texts(text: &str) -> Vec<String> {
        let values = Sweep::parse(text).unwrap().values;
        values.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn ranges_and_lists_are_read() {
        assert_eq!(texts("q.exactly=0..100:25"), ["0", "25", "50", "75", "100"]);
        assert_eq!(texts("q.exactly=3..5"), ["3", "4", "5"]);
        assert_eq!(texts("q.exactly=30, 50,80"), ["30", "50", "80"]);
        assert_eq!(texts("q.share=5%..20%:7.5%"), ["5.0%", "12.5%", "20.0%"]);
        assert_eq!(texts("q.at_most=0.5..0.6:0.05"), ["0.50", "0.55", "0.60"]);
        assert_eq!(texts("q.at_least=-1..1"), ["-1", "0", "1"]);
        assert_eq!(texts("q.share＝5％，10％"), ["5%", "10%"]);
        let shares = Sweep::parse("q.share=5%, 10 %").unwrap().values;
        assert_eq!(shares[1].value(), Value::String("10%".into()));
        assert!((shares[1].amount() - 10.0).abs() < 1e-12);
        for wrong in [
            "q",
            "q=1..2",
            "q.a=",
            "q.a=5..1",
            "q.a=1..9:0",
            "q.a=0..9999999",
            "q.a=x",
            "q.a=5%..20:5%",
            "q.a=1.",
            "q.a=.5.5",
            "q.a=1e3",
            "q.a=99999999999999999999",
            "q.a=1..9223372036854775807:0.0000000001",
        ] {
            assert!(Sweep::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn two_keys_make_all_pairs() {
        let sweep = |key: &str| Sweep {
            key: key.to_owned(),
            values: vec![Swept::parse("1").unwrap(), Swept::parse("2").unwrap()],
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
