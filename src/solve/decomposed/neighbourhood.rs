//! Where the gap is: value − bound is a sum of losses of agents and counters, none negative.
//! Whoever is near the largest ones is set free, the others stay as they are.

use super::certificate::Certificate;
use super::face::Face;
use crate::program::{AgentIndex, Point};
use std::collections::VecDeque;

/// Counters by what is lost at them in a point: their own loss and that of the agents which
/// the choices put there. Counters out of range first, then the largest; those without loss are left out.
pub(super) fn lossy_counters(face: &Face, certificate: &Certificate, point: &Point) -> Vec<usize> {
    let counts = face.layout.counts(point);
    let mut losses: Vec<i128> = certificate
        .curves
        .iter()
        .zip(counts)
        .zip(&face.ranges)
        .map(|((curve, count), &(low, high))| {
            if (low..=high).contains(&count) {
                curve.at(count)
            } else {
                // Out of range: before all losses.
                i128::from(i64::MAX)
            }
        })
        .collect();
    for (option, uses) in point.taken() {
        let loss = i128::from(certificate.options[option.0 as usize]) * i128::from(uses);
        for &(counter, _) in face.layout.held(option) {
            losses[counter as usize] += loss;
        }
    }
    let mut counters: Vec<usize> = (0..losses.len())
        .filter(|&counter| losses[counter] > 0)
        .collect();
    counters.sort_by_key(|&counter| (-losses[counter], counter));
    counters
}

/// Which agents a sub-problem sets free.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    /// Loss up to which an option connects its agent with a counter.
    pub(super) limit: i64,
    /// Most agents.
    pub(super) most: usize,
    /// Of a counter that a crowd shares, every so many-th agent, beginning with another one for
    /// each shift.
    pub(super) shift: usize,
}

/// Sets free the agents that can reach some counters, and so on along what these share with
/// others. A crowd, which a quota of the whole district draws, is sampled: it says nothing about
/// who is near whom, and is only asked where it is among the counters themselves.
pub(super) fn agents_near(
    face: &Face,
    certificate: &Certificate,
    counters: &[usize],
    reach: Reach,
) -> Vec<bool> {
    let program = face.layout.program;
    let users = users(face, certificate, reach.limit);
    let crowd = program.agents().len() / 4 + 1;
    let mut free = vec![false; program.agents().len()];
    let mut count = 0;
    let mut reached = vec![false; users.len()];
    let mut queue: VecDeque<usize> = counters.iter().copied().collect();
    for &counter in counters
        .iter()
        .filter(|&&counter| users[counter].len() > crowd)
    {
        let stride = 2 * users[counter].len() / reach.most.max(1) + 1;
        let sampled = users[counter]
            .iter()
            .skip(reach.shift % stride)
            .step_by(stride);
        for &agent in sampled.take(reach.most.saturating_sub(count)) {
            count += usize::from(!std::mem::replace(&mut free[agent as usize], true));
        }
    }
    while let Some(counter) = queue.pop_front() {
        if std::mem::replace(&mut reached[counter], true) || users[counter].len() > crowd {
            continue;
        }
        for &agent in &users[counter] {
            if count >= reach.most {
                return free;
            }
            if !std::mem::replace(&mut free[agent as usize], true) {
                count += 1;
                let near = program.options_of(AgentIndex(agent)).filter(|option| {
                    face.alive[option.0 as usize]
                        && certificate.options[option.0 as usize] <= reach.limit
                });
                for option in near {
                    let held = face.layout.held(option).iter();
                    queue.extend(held.map(|held| held.0 as usize));
                }
            }
        }
    }
    free
}

/// The agents that have an option of little loss at each counter.
fn users(face: &Face, certificate: &Certificate, limit: i64) -> Vec<Vec<u32>> {
    let mut users: Vec<Vec<u32>> = vec![Vec::new(); face.ranges.len()];
    for option in face.alive_options() {
        if certificate.options[option.0 as usize] <= limit {
            let agent = face.layout.program.option(option).agent.0;
            for &(counter, _) in face.layout.held(option) {
                let list = &mut users[counter as usize];
                if list.last() != Some(&agent) {
                    list.push(agent);
                }
            }
        }
    }
    users
}
