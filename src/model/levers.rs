//! Levers as agents: their uses are interchangeable.

use std::collections::BTreeMap;

use super::{Builder, Meaning};
use crate::demand::{Post, PostIndex, RollEntry};
use crate::domain::{LeverUse, Placement, SubjectIndex};
use crate::policy::{Lever, LeverKind};
use crate::program::{Counter, CounterIndex};
use crate::rules::{Kind, PlanFacts, Service, units_per_person};

/// What a use of a lever adds to which counters.
type Contributions = Vec<(CounterIndex, i64)>;

/// A way in which a lever may be used.
struct Way {
    label: String,
    place: Service,
    cost: i64,
    adds: Contributions,
}

impl Builder<'_> {
    pub(super) fn add_levers(&mut self) {
        for (position, lever) in self.context.situation.policy.levers.iter().enumerate() {
            match lever.kind {
                LeverKind::Certify => self.add_certification(position, lever),
                LeverKind::Recruit => self.add_recruits(position, lever),
            }
        }
    }

    fn lever_costs(&self, lever: &Lever, cost: i64) -> Vec<i64> {
        let mut costs = vec![0; self.levels];
        costs[lever.level] = cost;
        costs
    }

    /// Recognitions are interchangeable: one agent with as many uses as persons could be
    /// recognised, at most the lever's limit.
    fn add_certification(&mut self, position: usize, lever: &Lever) {
        let situation = self.context.situation;
        let placements: Vec<Placement> = situation
            .roll
            .entries()
            .iter()
            .map(RollEntry::placement)
            .collect();
        let facts = PlanFacts {
            situation,
            placements: &placements,
            levers: &[],
        };
        let mut certifiable = 0;
        let mut contributions = Vec::new();
        for (rule, typed) in self.rules.all().iter().enumerate() {
            let Kind::Ratio(ratio) = &typed.kind else {
                continue;
            };
            if let Some((key, amount)) = typed.certify_amount(rule) {
                certifiable = certifiable.max(ratio.certifiable(&facts));
                contributions.extend(self.counted(key, amount));
            }
        }
        let uses = (certifiable.max(0) as u32).min(lever.at_most);
        if uses == 0 || contributions.is_empty() {
            return;
        }
        let costs = self.lever_costs(lever, units_per_person(lever.weight));
        self.program.add_agent(format!("lever {}", lever.id), uses);
        self.add_idle();
        self.program.add_option("use", &costs, &contributions);
        self.meanings.push(Meaning::Lever {
            lever: position,
            post: None,
        });
    }

    fn add_idle(&mut self) {
        self.program.add_option("idle", &vec![0; self.levels], &[]);
        self.meanings.push(Meaning::Nothing);
    }

    /// Recruits of a kind are interchangeable: those who must be placed are an agent without the
    /// way of not being used.
    fn add_recruits(&mut self, position: usize, lever: &Lever) {
        let (least, most) = lever.limits(self.context.situation.district.year_begin);
        let ways = if most == 0 {
            Vec::new()
        } else {
            self.ways_of_recruits(lever)
        };
        if least > 0 && ways.is_empty() {
            self.add_unplaceable(lever, least);
        }
        for (uses, idle) in [(least, false), (most - least, true)] {
            if uses == 0 || (ways.is_empty() && !idle) {
                continue;
            }
            let which = if idle { "lever" } else { "lever at least" };
            self.program
                .add_agent(format!("{which} {}", lever.id), uses);
            if idle {
                self.add_idle();
            }
            for way in &ways {
                let costs = self.lever_costs(lever, way.cost);
                self.program
                    .add_option(way.label.clone(), &costs, &way.adds);
                self.meanings.push(Meaning::Lever {
                    lever: position,
                    post: Some((way.place.school, way.place.stage, way.place.subject)),
                });
            }
        }
    }

    /// A limit that nothing can meet: recruits who must be placed and may be placed nowhere.
    fn add_unplaceable(&mut self, lever: &Lever, least: u32) {
        self.program.add_counter(Counter {
            label: format!("lever.{}", lever.id),
            in_flow: false,
            offset: 0,
            lower: Some(i64::from(least)),
            upper: None,
            hinges: Vec::new(),
        });
    }

    fn ways_of_recruits(&self, lever: &Lever) -> Vec<Way> {
        let situation = self.context.situation;
        let mut ways = Vec::new();
        for (index, post) in situation.posts.indexed() {
            let view = situation.school(post.school);
            let admitted =
                post.need.0 > 0 && lever.stage.admits(&post.stage) && lever.to.matches(&view);
            if !admitted {
                continue;
            }
            let cost = units_per_person(lever.weight_at(Some(&view)));
            let mut here: Vec<Way> = Vec::new();
            for &subject in &post.subjects {
                let name = situation.district.subject_name(subject);
                let named = lever.subject.iter().any(|word| word == name);
                if !named && !lever.subject.is_empty() {
                    continue;
                }
                let way = self.way_of_recruit(lever, (index, post), subject, cost);
                // In a pooled post the subject matters only where a rule tells them apart.
                if here.iter().all(|known| known.adds != way.adds) {
                    here.push(way);
                }
            }
            ways.append(&mut here);
        }
        ways
    }

    fn way_of_recruit(
        &self,
        lever: &Lever,
        (index, post): (PostIndex, &Post),
        subject: SubjectIndex,
        cost: i64,
    ) -> Way {
        let situation = self.context.situation;
        let place = Service {
            school: post.school,
            stage: post.stage,
            subject,
            profile: lever.profile,
            count: 1,
        };
        let mut adds: Contributions = self.person_at(index).into_iter().collect();
        for (rule, typed) in self.rules.all().iter().enumerate() {
            typed.recruit_amounts(rule, situation, &place, |key, amount| {
                adds.extend(self.counted(key, amount));
            });
        }
        let code = &situation.district.school(post.school).code;
        Way {
            label: format!("recruit {code} {}", post.label),
            place,
            cost,
            adds,
        }
    }
}

/// Uses of one lever at one place as one, sorted.
pub(super) fn together(uses: Vec<LeverUse>) -> Vec<LeverUse> {
    let mut counts: BTreeMap<LeverUse, u32> = BTreeMap::new();
    for used in uses {
        let count = used.count;
        *counts.entry(LeverUse { count: 0, ..used }).or_default() += count;
    }
    let counted = counts.into_iter();
    counted
        .map(|(used, count)| LeverUse { count, ..used })
        .collect()
}
