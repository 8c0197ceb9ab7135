//! The way out where no rule alone is enough: several at once.

use toml::Value;

use super::{Doctor, Loosening, Way, WayOut};
use crate::rules::count::Bound;
use crate::rules::{Kind, Scope};
use crate::scenario::Change;

impl Doctor<'_> {
    /// Where no rule alone is enough: all rules that are missed where limits are missed by the least,
    /// each by so much.
    pub(super) fn together(&self, missed: &[(usize, i64)]) -> Option<WayOut> {
        let mut changes: Vec<Change> = Vec::new();
        for &(position, amount) in missed {
            let typed = &self.rules.all()[position];
            let id = &typed.rule.id;
            let number = match &typed.kind {
                Kind::Count(kind) if kind.scope == Scope::District => [
                    ("exactly", &kind.exactly),
                    ("at_least", &kind.at_least),
                    ("at_most", &kind.at_most),
                ]
                .into_iter()
                .find_map(|(name, bound)| match bound {
                    Some(Bound::Fixed(from)) => Some((name, from + amount)),
                    _ => None,
                }),
                _ => None,
            };
            let change = match number {
                Some((name, to)) => Change::set(&self.asker.key(id, name), Value::Integer(to)),
                None => Change::Without { rule: id.clone() },
            };
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
        (!changes.is_empty()).then(|| {
            let way = Way {
                loosening: Loosening::Together {
                    changes: changes.iter().map(ToString::to_string).collect(),
                },
                changes,
                proven: false,
                users: None,
            };
            self.way_out(None, way)
        })
    }
}
