//! One round: from vacancies, wishes and scores to who goes where.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::claims::{Claim, Claimant, Claims};
use super::market::{Bid, Bidder, Market, Seat};
use crate::demand::{PostIndex, Situation};
use crate::domain::{Form, TeacherIndex, UnitIndex};
use crate::policy::Tie;
use crate::rules::{Context, RuleSet};

/// Somebody who takes part, or would have to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    /// Who.
    pub teacher: TeacherIndex,
    /// Whether he or she holds no post any more.
    pub released: bool,
    /// Why he or she may not apply; empty means that nothing speaks against it.
    pub refusals: Vec<String>,
    /// What is claimed.
    pub claims: Claims,
    /// The claim that is granted.
    pub granted: Option<Claim>,
}

/// A post before and after the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostRound {
    /// The post.
    pub post: PostIndex,
    /// Whole persons needed.
    pub places: i64,
    /// Who holds it before the round.
    pub engaged: i64,
    /// Who is admitted.
    pub admitted: i64,
    /// Who leaves it.
    pub left: i64,
    /// Claims to it.
    pub claims: i64,
    /// The lowest score admitted.
    pub cut_off: Option<u32>,
}

impl PostRound {
    /// Places vacant before the round.
    pub fn vacant_before(&self) -> i64 {
        (self.places - self.engaged).max(0)
    }

    /// Places vacant after it.
    pub fn vacant_after(&self) -> i64 {
        (self.places - self.engaged + self.left - self.admitted).max(0)
    }
}

/// What a round gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Those who applied, and those who hold no post, by teacher.
    pub applicants: Vec<Applicant>,
    /// Posts that are vacant before or after, or claimed, in their order.
    pub posts: Vec<PostRound>,
}

impl Round {
    /// Those who hold no post after the round.
    pub fn waiting(&self) -> impl Iterator<Item = &Applicant> {
        let applicants = self.applicants.iter();
        applicants.filter(|applicant| applicant.released && applicant.granted.is_none())
    }

    /// Those to whom something was granted.
    pub fn admitted(&self) -> impl Iterator<Item = (&Applicant, &Claim)> {
        let applicants = self.applicants.iter();
        applicants.filter_map(|applicant| Some((applicant, applicant.granted.as_ref()?)))
    }
}

/// Holds the competition across schools.
pub fn compete(context: &Context<'_>, rules: &RuleSet) -> Round {
    let situation = context.situation;
    let mut applicants = applicants(context, rules);
    let granted = grant(situation, &applicants);
    for (applicant, granted) in applicants.iter_mut().zip(granted) {
        applicant.granted = granted.map(|at| applicant.claims.held[at]);
    }
    let posts = posts(situation, &applicants);
    Round { applicants, posts }
}

fn applicants(context: &Context<'_>, rules: &RuleSet) -> Vec<Applicant> {
    let situation = context.situation;
    let claimant = Claimant::new(context, rules);
    situation
        .district
        .teacher_indices()
        .filter_map(|teacher| {
            let entry = situation.roll.entry(teacher);
            let released = entry.form == Form::Waiting;
            let applies =
                !situation.wishes_to_leave(teacher).is_empty() && entry.fixation.is_none();
            if !released && !applies {
                return None;
            }
            let refusals = claimant.refusals(teacher);
            let claims = if refusals.is_empty() {
                claimant.claims(teacher)
            } else {
                Claims::default()
            };
            Some(Applicant {
                teacher,
                released,
                refusals,
                claims,
                granted: None,
            })
        })
        .collect()
}

/// Whole persons that a post needs, by the policy's rounding.
fn places(situation: &Situation<'_>, post: PostIndex) -> i64 {
    let least = situation.policy.competition.least_vacancy;
    // A part of exactly `least_vacancy` is a vacancy already.
    let thousandths = least.of_rounded_up(1_000).clamp(1, 1_000);
    (situation.posts.get(post).need.0 + 1_000 - thousandths) / 1_000
}

/// The post that somebody holds.
fn held(situation: &Situation<'_>, teacher: TeacherIndex) -> Option<PostIndex> {
    let entry = situation.roll.entry(teacher);
    let post = situation.posts.of(entry.school, entry.stage, entry.subject);
    post.filter(|_| entry.serves())
}

/// What decides between two of one score, more coming first; unknown months come last.
fn tie(situation: &Situation<'_>, tie: Tie, teacher: TeacherIndex) -> i32 {
    let person = situation.district.teacher(teacher);
    let begin = situation.district.year_begin;
    match tie {
        Tie::Service => person
            .first_job
            .map_or(i32::MIN, |first| begin.months_since(first)),
        Tie::AtSchool => person
            .arrival
            .map_or(i32::MIN, |arrival| begin.months_since(arrival)),
        Tie::Title => person.title as i32,
        Tie::Backbone => person.backbone as i32,
        Tie::Degree => person.degree.map_or(-1, |degree| degree as i32),
    }
}

/// For each applicant the claim that is granted, by its place.
fn grant(situation: &Situation<'_>, applicants: &[Applicant]) -> Vec<Option<usize>> {
    let district = situation.district;
    let mut market = Market {
        seats: Vec::with_capacity(situation.posts.all().len()),
        units: district
            .unit_indices()
            .map(|unit| situation.balances.unit(unit).balance())
            .collect(),
        bidders: Vec::with_capacity(applicants.len()),
    };
    for (index, post) in situation.posts.indexed() {
        market.seats.push(Seat {
            room: places(situation, index) - i64::from(situation.balances.staff(index)),
            unit: district.school(post.school).unit.position(),
        });
    }
    let mut order: Vec<_> = Vec::new();
    for (who, applicant) in applicants.iter().enumerate() {
        let terms = &situation.policy.competition.ties;
        let ties: Vec<Reverse<i32>> = terms
            .iter()
            .map(|&held| Reverse(tie(situation, held, applicant.teacher)))
            .collect();
        for (at, claim) in applicant.claims.held.iter().enumerate() {
            order.push((Reverse(claim.score), ties.clone(), who, at));
        }
        let unit = situation.roll.entry(applicant.teacher).unit;
        let unit = unit.map(UnitIndex::position);
        let seat = held(situation, applicant.teacher).map(|post| post.0 as usize);
        let seat = seat.filter(|&seat| Some(market.seats[seat].unit) == unit);
        // Those who take part make room where they are, and take it again if they stay.
        if let Some(seat) = seat {
            market.seats[seat].room += 1;
        }
        if let Some(Some(room)) = unit.map(|unit| &mut market.units[unit]) {
            *room += 1;
        }
        market.bidders.push(Bidder {
            bids: Vec::new(),
            unit,
            seat,
        });
    }
    order.sort_unstable();
    let mut priorities: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (priority, (_, _, who, at)) in order.into_iter().enumerate() {
        priorities.insert((who, at), priority);
    }
    for ((who, at), priority) in priorities {
        let seat = applicants[who].claims.held[at].post.0 as usize;
        market.bidders[who].bids.push(Bid { seat, priority });
    }
    market.match_all()
}

fn posts(situation: &Situation<'_>, applicants: &[Applicant]) -> Vec<PostRound> {
    let mut posts: Vec<PostRound> = situation
        .posts
        .indexed()
        .map(|(post, _)| PostRound {
            post,
            places: places(situation, post),
            engaged: i64::from(situation.balances.staff(post)),
            admitted: 0,
            left: 0,
            claims: 0,
            cut_off: None,
        })
        .collect();
    for applicant in applicants {
        for claim in &applicant.claims.held {
            posts[claim.post.0 as usize].claims += 1;
        }
        let Some(granted) = &applicant.granted else {
            continue;
        };
        let post = &mut posts[granted.post.0 as usize];
        post.admitted += 1;
        post.cut_off = Some(
            post.cut_off
                .map_or(granted.score, |low| low.min(granted.score)),
        );
        if let Some(left) = held(situation, applicant.teacher) {
            posts[left.0 as usize].left += 1;
        }
    }
    posts.retain(|post| post.claims > 0 || post.vacant_before() > 0 || post.vacant_after() > 0);
    posts
}
