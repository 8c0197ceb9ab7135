//! Where the gap is: value − bound is a sum of losses of agents and counters, none negative.
//! Whoever is near the largest ones is set free, the others stay as they are.

use super::certificate::Certificate;
use super::face::Face;
use crate::program::Point;

/// Counters by what is lost at them in a point: their own loss and that of the agents which
/// the point puts there. The largest first; those without loss are left out.
pub(super) fn lossy_counters(face: &Face, certificate: &Certificate, point: &Point) -> Vec<usize> {
    let counts = face.layout.counts(point);
    let mut losses: Vec<i128> = certificate
        .curves
        .iter()
        .zip(counts)
        .map(|(curve, count)| curve.at(count))
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

/// Sets free the agents that can reach some counters at a loss of at most `limit`, and so on
/// along what these share with others, until `most` agents are free.
pub(super) fn agents_near(
    face: &Face,
    certificate: &Certificate,
    counters: &[usize],
    limit: i64,
    most: usize,
) -> Vec<bool> {
    let program = face.layout.program;
    let mut users: Vec<Vec<u32>> = vec![Vec::new(); program.counters().len()];
    for option in face.alive_options() {
        if certificate.options[option.0 as usize] <= limit {
            let agent = program.option(option).agent.0;
            for &(counter, _) in face.layout.held(option) {
                let list = &mut users[counter as usize];
                if list.last() != Some(&agent) {
                    list.push(agent);
                }
            }
        }
    }
    // A counter that half of all agents share says nothing about nearness.
    let crowd = program.agents().len() / 4 + 1;
    let mut free = vec![false; program.agents().len()];
    let mut reached = vec![false; users.len()];
    let mut queue: std::collections::VecDeque<usize> = counters.iter().copied().collect();
    let mut count = 0;
    while let Some(counter) = queue.pop_front() {
        if std::mem::replace(&mut reached[counter], true) || users[counter].len() > crowd {
            continue;
        }
        for &agent in &users[counter] {
            if count == most {
                return free;
            }
            if !std::mem::replace(&mut free[agent as usize], true) {
                count += 1;
                let options = program.options_of(crate::program::AgentIndex(agent));
                for option in options.filter(|option| face.alive[option.0 as usize]) {
                    if certificate.options[option.0 as usize] <= limit {
                        let held = face.layout.held(option).iter();
                        queue.extend(held.map(|held| held.0 as usize));
                    }
                }
            }
        }
    }
    free
}
