//! Levers as agents: their uses are interchangeable.

use std::collections::BTreeMap;

use super::super::meaning::{LeverPlace, Meaning};
use super::{Builder, Near};
use crate::demand::{Post, PostIndex};
use crate::domain::{SubjectIndex, UnitIndex};
use crate::policy::{Lever, LeverKind};
use crate::program::CounterIndex;
use crate::rules::{Service, units_per_person};

/// What a use of a lever adds to which counters.
type Contributions = Vec<(CounterIndex, i64)>;

/// A way in which a lever may be used.
struct Way {
    label: String,
    place: LeverPlace,
    cost: i64,
    adds: Contributions,
}

impl Builder<'_> {
    pub(super) fn add_levers(&mut self) {
        let mut shared = None;
        for (position, lever) in self.context.situation.policy.levers.iter().enumerate() {
            match lever.kind {
                LeverKind::Certify => self.add_certification(position, lever, &mut shared),
                LeverKind::Recruit => self.add_recruits(position, lever),
                LeverKind::Reserve => self.add_reserve(position, lever),
                LeverKind::Reallocate => self.add_reallocation(position, lever),
            }
        }
    }

    fn lever_costs(&self, lever: &Lever, cost: i64) -> Vec<i64> {
        let mut costs = vec![0; self.levels];
        costs[lever.level] = cost;
        costs
    }

    /// Recognitions are interchangeable: one agent with as many uses as persons could be
    /// recognised, at most the lever's limit. Of several such levers none takes whom another took:
    /// `shared` is the counter of them all.
    fn add_certification(
        &mut self,
        position: usize,
        lever: &Lever,
        shared: &mut Option<CounterIndex>,
    ) {
        let situation = self.context.situation;
        let mut contributions = Vec::new();
        for (rule, typed) in self.rules.all().iter().enumerate() {
            if let Some((key, amount)) = typed.certify_amount(rule) {
                contributions.extend(self.counted(key, amount));
            }
        }
        let certifiable = self.rules.certifiable(situation, &[lever]);
        let uses = (certifiable.max(0) as u32).min(lever.at_most);
        if uses == 0 || contributions.is_empty() {
            return;
        }
        if let Some(most) = self.recognised_by_several() {
            let counter =
                *shared.get_or_insert_with(|| self.limit("lever certify", None, Some(most)));
            contributions.push((counter, 1));
        }
        let costs = self.lever_costs(lever, units_per_person(lever.weight));
        self.program.add_agent(format!("lever {}", lever.id), uses);
        self.add_idle(0);
        self.program.add_option("use", &costs, &contributions);
        self.meanings.push(Meaning::Lever {
            lever: position,
            place: LeverPlace::District,
        });
    }

    /// How many could be recognised by any lever, where there is more than one.
    fn recognised_by_several(&self) -> Option<i64> {
        let situation = self.context.situation;
        let levers = situation.policy.levers.iter();
        let levers: Vec<&Lever> = levers
            .filter(|lever| lever.kind == LeverKind::Certify && lever.at_most > 0)
            .collect();
        (levers.len() > 1).then(|| self.rules.certifiable(situation, &levers))
    }

    /// An option of the last agent: no use, by which so many are placed differently.
    fn add_idle(&mut self, differs: i64) {
        let mut costs = vec![0; self.levels];
        self.price_difference(&mut costs, differs);
        self.program.add_option("idle", &costs, &[]);
        self.meanings.push(Meaning::Nothing);
    }

    /// Recruits of a kind are interchangeable: those who must be placed are an agent without the
    /// way of not being used.
    fn add_recruits(&mut self, position: usize, lever: &Lever) {
        let (least, most) = lever.limits(self.context.situation.district.year_begin);
        let is_known = |near: &Near| near.recruits.iter().any(|used| used.lever == lever.id);
        let is_known = self.near.is_some_and(|(near, _)| is_known(near));
        let mut ways = if most == 0 && !is_known {
            Vec::new()
        } else {
            self.ways_of_recruits(lever)
        };
        let known = self.known_recruits(lever, &ways);
        let count: u32 = known.values().sum();
        let has_begun = self.near.is_some_and(|(near, _)| near.begun);
        if has_begun && count <= most {
            for (&at, &count) in &known {
                let label = format!("lever begun {} {}", lever.id, ways[at].label);
                self.program.add_agent(label, count);
                self.add_use((position, lever), &ways[at], 0);
            }
        } else {
            self.add_known((position, lever), (least, most), &known, &mut ways);
        }
        let (least, most) = (least.saturating_sub(count), most.saturating_sub(count));
        if least > 0 && ways.is_empty() {
            // A limit that nothing can meet: they must be placed and may be placed nowhere.
            self.limit(&format!("lever.{}", lever.id), Some(i64::from(least)), None);
        }
        // Where another solve begins with the recruits of one agent, these are others.
        let more = if known.is_empty() { "" } else { " more" };
        // Whoever comes besides those of the plan that is stayed near to is placed differently.
        let differs = i64::from(self.near.is_some());
        for (uses, idle) in [(least, false), (most - least, true)] {
            if uses == 0 || (ways.is_empty() && !idle) {
                continue;
            }
            let which = if idle { "lever" } else { "lever at least" };
            let label = format!("{which}{more} {}", lever.id);
            self.add_agent(label, uses, idle, (position, lever), (&ways, differs));
        }
    }

    /// The recruits of the plan that is stayed near to, by the ways in which they came; without those
    /// whose way is gone.
    fn known_recruits(&self, lever: &Lever, ways: &[Way]) -> BTreeMap<usize, u32> {
        let mut known = BTreeMap::new();
        let held = self.near.iter().flat_map(|(near, _)| &near.recruits);
        for used in held.filter(|used| used.lever == lever.id) {
            let at = ways
                .iter()
                .position(|way| way.place.used(used.lever.clone(), used.count) == *used);
            if let Some(at) = at.filter(|_| used.count > 0) {
                *known.entry(at).or_default() += used.count;
            }
        }
        known
    }

    /// An agent for each place of the recruits of the plan that is stayed near to: each of them who goes
    /// elsewhere or does not come costs one at the last level. Whoever comes besides is another
    /// agent's, so at the cheapest they cost together what [`Near`] says, and no row
    /// is needed to count it.
    fn add_known(
        &mut self,
        lever: (usize, &Lever),
        (least, most): (u32, u32),
        known: &BTreeMap<usize, u32>,
        ways: &mut [Way],
    ) {
        let all: u32 = known.values().sum();
        let at_least = (0 < least && least < all).then_some(i64::from(least));
        let at_most = (most < all).then_some(i64::from(most));
        if at_least.or(at_most).is_some() {
            let label = format!("lever.{}", lever.1.id);
            let limit = self.limit(&label, at_least, at_most);
            for way in ways.iter_mut() {
                way.adds.push((limit, 1));
            }
        }
        for (&at, &count) in known {
            let label = format!("lever kept {} {}", lever.1.id, ways[at].label);
            self.program.add_agent(label, count);
            // Of a solve that begins elsewhere the first option is taken.
            self.add_use(lever, &ways[at], 0);
            // Where as many must come as came before, none of them is idle in a nearest plan.
            if least < all {
                self.add_idle(1);
            }
            let others = ways.iter().enumerate().filter(|&(other, _)| other != at);
            for (_, way) in others {
                self.add_use(lever, way, 1);
            }
        }
    }

    /// Interchangeable uses of a lever, each of which is so many placed differently.
    fn add_agent(
        &mut self,
        label: String,
        uses: u32,
        idle: bool,
        lever: (usize, &Lever),
        (ways, differs): (&[Way], i64),
    ) {
        self.program.add_agent(label, uses);
        if idle {
            self.add_idle(0);
        }
        for way in ways {
            self.add_use(lever, way, differs);
        }
    }

    /// An option of the last agent: a use of a lever, which is so many placed differently.
    fn add_use(&mut self, (position, lever): (usize, &Lever), way: &Way, differs: i64) {
        let mut costs = self.lever_costs(lever, way.cost);
        self.price_difference(&mut costs, differs);
        self.program
            .add_option(way.label.clone(), &costs, &way.adds);
        self.meanings.push(Meaning::Lever {
            lever: position,
            place: way.place,
        });
    }

    /// So many placed differently from the plan that is stayed near to, if any: the level is the last
    /// one.
    pub(super) fn price_difference(&self, costs: &mut [i64], differs: i64) {
        if let (Some(_), Some(cost)) = (self.near, costs.last_mut()) {
            *cost += differs;
        }
    }

    /// What a post more or less does to the rows of a unit's establishment.
    fn posts_of(&self, unit: UnitIndex, posts: i64) -> Contributions {
        let rules = self.rules.all().iter().enumerate();
        let keys = rules.filter_map(|(position, typed)| typed.row_of_posts(position, unit));
        keys.flat_map(|key| self.counted(key, -posts)).collect()
    }

    /// Posts of the pool are interchangeable, and go to units whose limit they lift.
    fn add_reserve(&mut self, position: usize, lever: &Lever) {
        if lever.at_most == 0 {
            return;
        }
        let situation = self.context.situation;
        let mut ways = Vec::new();
        for unit in situation.district.unit_indices() {
            let adds = self.posts_of(unit, 1);
            if situation.spare_posts(unit, &lever.to).is_some() && !adds.is_empty() {
                ways.push(Way {
                    label: format!("post {}", situation.district.unit(unit).code),
                    place: LeverPlace::Unit(unit, None),
                    cost: units_per_person(lever.weight),
                    adds,
                });
            }
        }
        if !ways.is_empty() {
            let label = format!("lever {}", lever.id);
            self.add_agent(label, lever.at_most, true, (position, lever), (&ways, 0));
        }
    }

    /// Each unit gives no more than it has to spare at the begin of the year; together they give no
    /// more than the lever allows.
    fn add_reallocation(&mut self, position: usize, lever: &Lever) {
        if lever.at_most == 0 {
            return;
        }
        let situation = self.context.situation;
        let units = || situation.district.unit_indices();
        let takers: Vec<UnitIndex> = units()
            .filter(|&unit| situation.spare_posts(unit, &lever.to).is_some())
            .collect();
        let mut shared = None;
        for giver in units() {
            let spare = situation.spare_posts(giver, &lever.from).unwrap_or(0);
            let taken = self.posts_of(giver, -1);
            if spare == 0 {
                continue;
            }
            let limit = *shared.get_or_insert_with(|| {
                let label = format!("lever.{}", lever.id);
                self.limit(&label, None, Some(i64::from(lever.at_most)))
            });
            let others = takers.iter().filter(|&&taker| taker != giver);
            let ways: Vec<Way> = others
                .map(|&taker| {
                    let mut adds = self.posts_of(taker, 1);
                    adds.extend(&taken);
                    adds.push((limit, 1));
                    Way {
                        label: format!("post to {}", situation.district.unit(taker).code),
                        place: LeverPlace::Unit(taker, Some(giver)),
                        cost: units_per_person(lever.weight),
                        adds,
                    }
                })
                .collect();
            if !ways.is_empty() {
                let code = &situation.district.unit(giver).code;
                let label = format!("lever {} {code}", lever.id);
                let uses = spare.min(lever.at_most);
                self.add_agent(label, uses, true, (position, lever), (&ways, 0));
            }
        }
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
        let recruit = Service {
            school: post.school,
            stage: post.stage,
            subject,
            profile: lever.profile,
            count: 1,
        };
        let mut adds: Contributions = self.person_at(index).collect();
        for (rule, typed) in self.rules.all().iter().enumerate() {
            typed.recruit_amounts(rule, situation, &recruit, |key, amount| {
                adds.extend(self.counted(key, amount));
            });
        }
        let code = &situation.district.school(post.school).code;
        Way {
            label: format!("recruit {code} {}", post.label),
            place: LeverPlace::Post(post.school, post.stage, subject),
            cost,
            adds,
        }
    }
}
