//! Every plan of a tiny district: all combinations of what may be chosen.

use shizi::demand::Situation;
use shizi::domain::{LeverUse, Placement, UnitIndex};
use shizi::eligibility::{Choices, Terms};
use shizi::policy::{Lever, LeverKind, Policy};
use shizi::rules::{Context, RuleSet};

/// All plans of a year.
pub(crate) struct Plans<'a> {
    context: &'a Context<'a>,
    choices: &'a Choices,
    by_teacher: Vec<Vec<Placement>>,
    levers: Vec<Vec<Vec<LeverUse>>>,
    recognisable: i64,
}

impl<'a> Plans<'a> {
    /// None where there are more than so many.
    pub(crate) fn new(
        context: &'a Context<'a>,
        rules: &RuleSet,
        choices: &'a Choices,
        most: usize,
    ) -> Option<Self> {
        let situation = context.situation;
        let terms = Terms::new(situation, choices);
        let entries = situation.roll.entries().iter();
        let policy = situation.policy;
        let plans = Self {
            context,
            choices,
            by_teacher: entries
                .map(|entry| choices.placements(&terms, entry))
                .collect(),
            levers: policy
                .levers
                .iter()
                .map(|lever| lever_choices(context, rules, lever))
                .collect(),
            // Nobody is recognised twice.
            recognisable: rules.certifiable(situation, &recognising(policy)),
        };
        let mut count: usize = 1;
        for radix in plans.radices() {
            count = count.checked_mul(radix).filter(|&count| count <= most)?;
        }
        Some(plans)
    }

    fn radices(&self) -> impl Iterator<Item = usize> + '_ {
        let levers = self.levers.iter().map(Vec::len);
        self.by_teacher.iter().map(Vec::len).chain(levers)
    }

    /// Each of them that keeps the limits under which posts share teachers.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Vec<Placement>, Vec<LeverUse>)> + '_ {
        let recognising = recognising(self.context.situation.policy);
        (0..self.radices().product()).filter_map(move |plan| {
            let mut rest = plan;
            let digits: Vec<usize> = self
                .radices()
                .map(|radix| {
                    let digit = rest % radix;
                    rest /= radix;
                    digit
                })
                .collect();
            let placements: Vec<Placement> = self
                .by_teacher
                .iter()
                .zip(&digits)
                .map(|(held, &digit)| held[digit])
                .collect();
            let used: Vec<LeverUse> = self
                .levers
                .iter()
                .zip(&digits[self.by_teacher.len()..])
                .flat_map(|(held, &digit)| held[digit].clone())
                .collect();
            let situation = self.context.situation;
            (recognised(&used, &recognising) <= self.recognisable
                && keeps_limits(situation, self.choices, &placements, &used))
            .then_some((placements, used))
        })
    }
}

fn lever_choices(context: &Context<'_>, rules: &RuleSet, lever: &Lever) -> Vec<Vec<LeverUse>> {
    match lever.kind {
        LeverKind::Certify => certifications(context, rules, lever),
        LeverKind::Recruit => recruits(context.situation, lever),
        LeverKind::Reserve | LeverKind::Reallocate => posts(context.situation, lever),
    }
}

fn certifications(context: &Context<'_>, rules: &RuleSet, lever: &Lever) -> Vec<Vec<LeverUse>> {
    let most = rules.certifiable(context.situation, &[lever]);
    (0..=(most as u32).min(lever.at_most))
        .map(|count| {
            let used = LeverUse {
                lever: lever.id.clone(),
                school: None,
                stage: None,
                subject: None,
                unit: None,
                from: None,
                count,
            };
            if count == 0 { Vec::new() } else { vec![used] }
        })
        .collect()
}

fn recruits(situation: &Situation<'_>, lever: &Lever) -> Vec<Vec<LeverUse>> {
    let (least, most) = lever.limits(situation.district.year_begin);
    let posts = situation.posts.all().iter().filter(|post| {
        post.need.0 > 0
            && lever.stage.admits(&post.stage)
            && lever.to.matches(&situation.school(post.school))
    });
    let single: Vec<LeverUse> = posts
        .flat_map(|post| post.subjects.iter().map(move |&subject| (post, subject)))
        .filter(|&(_, subject)| {
            let name = situation.district.subject_name(subject).to_owned();
            lever.subject.admits(&name)
        })
        .map(|(post, subject)| LeverUse {
            lever: lever.id.clone(),
            school: Some(post.school),
            stage: Some(post.stage),
            subject: Some(subject),
            unit: None,
            from: None,
            count: 1,
        })
        .collect();
    let mut choices = Vec::new();
    if least == 0 {
        choices.push(Vec::new());
    }
    if least <= 1 && most >= 1 {
        choices.extend(single.iter().map(|one| vec![one.clone()]));
    }
    if most >= 2 {
        for (position, one) in single.iter().enumerate() {
            for other in &single[position..] {
                choices.push(vec![one.clone(), other.clone()]);
            }
        }
    }
    choices
}

/// No post, or one: random levers of establishment have no more.
fn posts(situation: &Situation<'_>, lever: &Lever) -> Vec<Vec<LeverUse>> {
    let units = || situation.district.unit_indices();
    let takers = units().filter(|&unit| situation.spare_posts(unit, &lever.to).is_some());
    let mut choices = vec![Vec::new()];
    if lever.at_most == 0 {
        return choices;
    }
    for unit in takers {
        let givers: Vec<Option<UnitIndex>> = if lever.kind == LeverKind::Reserve {
            vec![None]
        } else {
            let spare = |unit| situation.spare_posts(unit, &lever.from) > Some(0);
            units()
                .filter(|&giver| giver != unit && spare(giver))
                .map(Some)
                .collect()
        };
        choices.extend(givers.into_iter().map(|from| {
            vec![LeverUse {
                lever: lever.id.clone(),
                school: None,
                stage: None,
                subject: None,
                unit: Some(unit),
                from,
                count: 1,
            }]
        }));
    }
    choices
}

/// Whether posts that share teachers keep the limits under which they do.
fn keeps_limits(
    situation: &Situation<'_>,
    choices: &Choices,
    placements: &[Placement],
    used: &[LeverUse],
) -> bool {
    choices.shared_posts().iter().all(|shared| {
        let post = |school, stage, subject| situation.posts.of(school, stage, subject);
        let is_there =
            |school, held: &Placement| post(school, held.stage, held.subject) == Some(shared.post);
        let begin = situation.district.year_begin;
        let serving = placements
            .iter()
            .filter(|held| held.form.serves() && held.start.is_none_or(|start| start <= begin));
        let (mut persons, mut days) = (0, 0);
        for held in serving {
            persons += i64::from(is_there(held.school, held));
            // The limits know the weeks that were settled before.
            let settled = situation.roll.entry(held.teacher).itinerary.is_some();
            if let Some(itinerary) = held.itinerary.filter(|_| !settled) {
                if is_there(held.school, held) {
                    days += i64::from(itinerary.days_away());
                }
                let sites = itinerary.sites().filter(|site| is_there(site.school, held));
                days += sites.map(|site| i64::from(site.days)).sum::<i64>();
            }
        }
        for recruit in used {
            if let (Some(school), Some(stage), Some(subject)) =
                (recruit.school, recruit.stage, recruit.subject)
                && post(school, stage, subject) == Some(shared.post)
            {
                persons += i64::from(recruit.count);
            }
        }
        shared.of_person() * persons + days <= shared.limit()
    })
}

/// The levers that recognise people.
fn recognising(policy: &Policy) -> Vec<&Lever> {
    let levers = policy.levers.iter();
    levers
        .filter(|lever| lever.kind == LeverKind::Certify)
        .collect()
}

/// How many some levers recognise.
fn recognised(used: &[LeverUse], levers: &[&Lever]) -> i64 {
    used.iter()
        .filter(|held| levers.iter().any(|lever| lever.id == held.lever))
        .map(|held| i64::from(held.count))
        .sum()
}
