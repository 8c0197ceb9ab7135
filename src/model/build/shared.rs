//! Posts that share teachers (走教) as rows of a program.
//!
//! A counter of whole persons and days together would lose the steps of whole persons, and with them
//! the tightness of the relaxation: posts kept as such counters left gaps of one to four per cent on
//! counties that close without. Under the limits of [`SharedPost`] a day covers need that no person
//! covers, and takes from nothing but surplus; so it is worth the same whatever else is chosen: a cost
//! of the option, while the counter of the post counts whole persons and stays in the flow.

use crate::demand::{PostIndex, Situation};
use crate::eligibility::{Choices, SharedPost};
use crate::program::{Counter, CounterIndex, ProgramBuilder};
use crate::rules::coverage::post_label_at;

/// A shared post with its rows.
#[derive(Debug, Clone)]
struct Held {
    shared: SharedPost,
    /// The row of its limit.
    limit: Option<CounterIndex>,
    /// What a thousandth of a person brings at each level; `None` where rules limit the post, so that
    /// its counter must hold parts of persons.
    slopes: Option<Vec<i64>>,
}

/// The shared posts.
#[derive(Debug, Clone)]
pub(super) struct Shared {
    by_post: Vec<Option<Held>>,
}

impl Shared {
    /// Of so many posts.
    pub(super) fn new(posts: usize, choices: &Choices, levels: usize) -> Self {
        let mut by_post = vec![None; posts];
        for &shared in choices.shared_posts() {
            by_post[shared.post.0 as usize] = Some(Held {
                shared,
                limit: None,
                slopes: Some(vec![0; levels]),
            });
        }
        Self { by_post }
    }

    fn held(&self, post: PostIndex) -> Option<&Held> {
        self.by_post[post.0 as usize].as_ref()
    }

    /// Learns from the row of a post what days there bring; takes the row out of the flow where it
    /// must count them.
    pub(super) fn price(&mut self, post: PostIndex, row: &mut Counter) {
        let Some(held) = &mut self.by_post[post.0 as usize] else {
            return;
        };
        if row.lower.is_some() || row.upper.is_some() {
            row.in_flow = false;
            held.slopes = None;
        }
        for hinge in &row.hinges {
            if let Some(slopes) = &mut held.slopes {
                slopes[hinge.level] += if held.shared.lends {
                    hinge.above
                } else {
                    hinge.below
                };
            }
        }
    }

    /// Adds the rows of the limits.
    pub(super) fn add_limits(&mut self, situation: &Situation<'_>, program: &mut ProgramBuilder) {
        for held in self.by_post.iter_mut().flatten() {
            let label = post_label_at(situation, held.shared.post);
            held.limit = Some(program.add_counter(Counter {
                label: format!("走教 {label}"),
                in_flow: false,
                offset: 0,
                lower: None,
                upper: Some(held.shared.limit()),
                hinges: Vec::new(),
            }));
        }
    }

    /// What a thousandth of a person brings at each level.
    pub(super) fn slopes(&self, post: PostIndex) -> Option<&[i64]> {
        self.held(post)?.slopes.as_deref()
    }

    /// What a whole person at a post adds to the limit.
    pub(super) fn of_person(&self, post: PostIndex) -> Option<(CounterIndex, i64)> {
        let held = self.held(post)?;
        Some((held.limit?, held.shared.of_person()))
    }

    /// What days lent from a post, or that come to it, add to the limit.
    pub(super) fn of_days(&self, post: PostIndex, days: u8) -> Option<(CounterIndex, i64)> {
        Some((self.held(post)?.limit?, i64::from(days)))
    }
}
