//! Justified envy: who would have been preferred where, and was not.

use std::collections::BTreeMap;

use super::claims::{Claim, Claimant};
use crate::demand::PostIndex;
use crate::domain::{District, Placement, TeacherIndex};
use crate::rules::{Context, RuleSet};

/// Somebody wished for a post above what he or she has, and it took somebody with a lower score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Envy {
    /// Who has reason to complain.
    pub teacher: TeacherIndex,
    /// The wish.
    pub claim: Claim,
    /// Who was taken by a move this year, of those with a lower score the one with the lowest.
    pub taken: TeacherIndex,
    /// The score of that person at that post; `None` where the school gave none.
    pub score: Option<u32>,
}

/// Whether there are wishes and scores, so that there can be envy.
pub fn has_competition(district: &District) -> bool {
    !district.scores.is_empty() && !district.preferences.is_empty()
}

/// All justified envy in a plan: one placement a teacher, in their order. Nothing where no school
/// scored anybody. Of the match itself there is none.
pub fn justified_envy(
    context: &Context<'_>,
    rules: &RuleSet,
    placements: &[Placement],
) -> Vec<Envy> {
    let situation = context.situation;
    let district = situation.district;
    if !has_competition(district) {
        return Vec::new();
    }
    let lowest = lowest_taken(context, placements);
    let claimant = Claimant::new(context, rules);
    let mut envy = Vec::new();
    for placement in placements {
        let teacher = placement.teacher;
        if district.scores_of(teacher).is_empty() || !claimant.might_apply(teacher) {
            continue;
        }
        let claims = claimant.claims(teacher).held.into_iter();
        let preferred = claims.take_while(|claim| claim.school != placement.school);
        envy.extend(preferred.filter_map(|claim| {
            let &(score, taken) = lowest.get(&claim.post)?;
            (score < Some(claim.score)).then_some(Envy {
                teacher,
                claim,
                taken,
                score,
            })
        }));
    }
    envy
}

/// Of those whom a post took by a move this year, the one with the lowest score, by post; a plan's own
/// choice of somebody without a score is below all scores.
fn lowest_taken(
    context: &Context<'_>,
    placements: &[Placement],
) -> BTreeMap<PostIndex, (Option<u32>, TeacherIndex)> {
    let situation = context.situation;
    let district = situation.district;
    let mut lowest: BTreeMap<PostIndex, (Option<u32>, TeacherIndex)> = BTreeMap::new();
    for placement in placements.iter().filter(|held| held.form.is_move()) {
        let place = (placement.school, placement.stage, placement.subject);
        let Some(post) = situation.posts.of(place.0, place.1, place.2) else {
            continue;
        };
        let own = district.teacher(placement.teacher).subject;
        let subjects = &situation.posts.get(post).subjects;
        let scores = district.scores_of(placement.teacher).iter();
        let score = scores
            .filter(|score| score.school == placement.school)
            .filter(|score| subjects.contains(&score.subject.unwrap_or(own)))
            .map(|score| score.hundredths)
            .max();
        // What was decided elsewhere, of somebody whom no school scored, was no competition.
        if score.is_none() && placement.decided {
            continue;
        }
        let here = (score, placement.teacher);
        let held = lowest.entry(post).or_insert(here);
        *held = (*held).min(here);
    }
    lowest
}
