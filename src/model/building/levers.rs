//! Levers as agents: their uses are interchangeable.

use super::super::meaning::{LeverPlace, Meaning};
use super::Builder;
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
        self.add_idle();
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
        let begun = self.add_begun((position, lever), most, &ways);
        let (least, most) = (least.saturating_sub(begun), most - begun);
        if least > 0 && ways.is_empty() {
            // A limit that nothing can meet: they must be placed and may be placed nowhere.
            self.limit(&format!("lever.{}", lever.id), Some(i64::from(least)), None);
        }
        for (uses, idle) in [(least, false), (most - least, true)] {
            if uses == 0 || (ways.is_empty() && !idle) {
                continue;
            }
            let which = if idle { "lever" } else { "lever at least" };
            let label = format!("{which} {}", lever.id);
            self.add_agent(label, uses, idle, (position, lever), &ways);
        }
    }

    /// Recruits of the plan that is stayed near to stay where they have begun. Returns how many they
    /// are: none where the lever may not place so many any more.
    fn add_begun(&mut self, (position, lever): (usize, &Lever), most: u32, ways: &[Way]) -> u32 {
        let held = self.near.iter().flat_map(|(near, _)| &near.recruits);
        let held = held.filter(|used| used.lever == lever.id);
        let held: Vec<(u32, &Way)> = held
            .filter_map(|used| {
                let way = ways.iter().find(|way| {
                    let place = way.place.used(used.lever.clone(), used.count);
                    place == *used
                });
                Some((used.count, way?))
            })
            .collect();
        let begun: u32 = held.iter().map(|(count, _)| count).sum();
        if begun > most {
            return 0;
        }
        for (count, way) in held {
            let label = format!("lever begun {} {}", lever.id, way.label);
            let only = std::slice::from_ref(way);
            self.add_agent(label, count, false, (position, lever), only);
        }
        begun
    }

    /// Interchangeable uses of a lever.
    fn add_agent(
        &mut self,
        label: String,
        uses: u32,
        idle: bool,
        (position, lever): (usize, &Lever),
        ways: &[Way],
    ) {
        self.program.add_agent(label, uses);
        if idle {
            self.add_idle();
        }
        for way in ways {
            let costs = self.lever_costs(lever, way.cost);
            self.program
                .add_option(way.label.clone(), &costs, &way.adds);
            self.meanings.push(Meaning::Lever {
                lever: position,
                place: way.place,
            });
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
            self.add_agent(label, lever.at_most, true, (position, lever), &ways);
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
                self.add_agent(label, uses, true, (position, lever), &ways);
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
