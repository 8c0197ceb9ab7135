//! Source of truth: successive shortest paths by Bellman–Ford, written apart from the simplex; and
//! complementary slackness, which proves an optimum by itself.

use super::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Least cost, or `None` where supply cannot meet demand. Arcs must not form cycles.
fn shortest_paths(supplies: &[i64], arcs: &[Arc]) -> Option<i64> {
    let nodes = supplies.len();
    let (from, to) = (nodes as u32, nodes as u32 + 1);
    // (source, target, room, cost), each followed by its reverse.
    let mut edges: Vec<(u32, u32, i64, i64)> = Vec::new();
    let mut add = |source, target, room, cost: i64| {
        edges.push((source, target, room, cost));
        edges.push((target, source, 0, -cost));
    };
    for arc in arcs {
        add(arc.source, arc.target, arc.capacity, arc.cost);
    }
    let mut left = 0;
    for (node, &supply) in supplies.iter().enumerate() {
        if supply > 0 {
            add(from, node as u32, supply, 0);
            left += supply;
        } else if supply < 0 {
            add(node as u32, to, -supply, 0);
        }
    }
    let mut total = 0;
    while left > 0 {
        let mut distance = vec![None; nodes + 2];
        let mut by = vec![usize::MAX; nodes + 2];
        distance[from as usize] = Some(0);
        let mut changed = true;
        while changed {
            changed = false;
            for (index, &(source, target, room, cost)) in edges.iter().enumerate() {
                let Some(here) = distance[source as usize].filter(|_| room > 0) else {
                    continue;
                };
                if distance[target as usize].is_none_or(|there| here + cost < there) {
                    distance[target as usize] = Some(here + cost);
                    by[target as usize] = index;
                    changed = true;
                }
            }
        }
        total += distance[to as usize]?;
        let mut node = to;
        while node != from {
            let edge = by[node as usize];
            edges[edge].2 -= 1;
            edges[edge ^ 1].2 += 1;
            node = edges[edge].0;
        }
        left -= 1;
    }
    Some(total)
}

fn check_optimal(network: &Network, supplies: &[i64], arcs: &[Arc]) {
    let mut balance = supplies.to_vec();
    for (index, arc) in arcs.iter().enumerate() {
        let flow = network.flow(index);
        assert!((0..=arc.capacity).contains(&flow));
        balance[arc.source as usize] -= flow;
        balance[arc.target as usize] += flow;
        let reduced = arc.cost + network.potential(arc.source as usize)
            - network.potential(arc.target as usize);
        assert!(
            flow == arc.capacity || reduced >= 0,
            "arc {index} would carry more"
        );
        assert!(flow == 0 || reduced <= 0, "arc {index} would carry less");
    }
    assert!(balance.iter().all(|&rest| rest == 0));
}

fn random_network(random: &mut ChaCha8Rng) -> (Vec<i64>, Vec<Arc>) {
    let nodes = random.random_range(2..9_u32);
    let costs = [0, 1, 3, 50, 1_000_000_000_000][random.random_range(0..5_usize)];
    let arcs: Vec<Arc> = (0..random.random_range(1..24))
        .map(|_| {
            let source = random.random_range(0..nodes - 1);
            let wide = random.random_range(0..4) == 0;
            Arc {
                source,
                target: random.random_range(source + 1..nodes),
                capacity: if wide {
                    UNLIMITED
                } else {
                    random.random_range(0..4)
                },
                cost: random.random_range(-costs..=costs),
            }
        })
        .collect();
    let mut supplies = vec![0; nodes as usize];
    for _ in 0..random.random_range(0..5) {
        let source = random.random_range(0..nodes - 1);
        supplies[source as usize] += 1;
        supplies[random.random_range(source + 1..nodes) as usize] -= 1;
    }
    (supplies, arcs)
}

#[test]
fn random_networks_agree_with_shortest_paths_cold_and_warm() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut infeasible = 0;
    for _ in 0..4000 {
        let (supplies, mut arcs) = random_network(&mut random);
        let mut network = Network::new(&supplies, &arcs);
        for round in 0..4 {
            let feasible = network.solve();
            let truth = shortest_paths(&supplies, &arcs);
            assert_eq!(feasible, truth.is_some());
            infeasible += usize::from(!feasible && round == 0);
            if let Some(truth) = truth {
                check_optimal(&network, &supplies, &arcs);
                let value: i64 = arcs
                    .iter()
                    .enumerate()
                    .map(|(index, arc)| arc.cost * network.flow(index))
                    .sum();
                assert_eq!(value, truth);
            }
            for (index, arc) in arcs.iter_mut().enumerate() {
                if random.random_range(0..3) == 0 {
                    arc.cost = random.random_range(-60..=60);
                    network.set_cost(index, arc.cost);
                }
            }
        }
    }
    assert!((200..3800).contains(&infeasible), "{infeasible} of 4000");
}

#[test]
fn ties_and_zero_costs_end() {
    // 60 people, 6 posts, all costs equal: every pivot is degenerate or a tie.
    let (people, posts) = (60_u32, 6_u32);
    let sink = people + posts;
    let mut arcs = Vec::new();
    for person in 0..people {
        for post in 0..posts {
            arcs.push(Arc {
                source: person,
                target: people + post,
                capacity: UNLIMITED,
                cost: 0,
            });
        }
    }
    for post in 0..posts {
        arcs.push(Arc {
            source: people + post,
            target: sink,
            capacity: 10,
            cost: 0,
        });
    }
    let mut supplies = vec![1; people as usize];
    supplies.extend(vec![0; posts as usize]);
    supplies.push(-i64::from(people));
    let mut network = Network::new(&supplies, &arcs);
    assert!(network.solve());
    check_optimal(&network, &supplies, &arcs);
}

/// A random network that may have cycles: then nothing is unlimited that could be worth its price
/// again and again.
fn network_with_cycles(random: &mut ChaCha8Rng, costs: i64) -> (Vec<i64>, Vec<Arc>) {
    let nodes = random.random_range(2..40_u32);
    let below = if random.random_range(0..2) == 0 {
        0
    } else {
        -costs
    };
    let arcs = (0..random.random_range(1..160))
        .map(|_| {
            let source = random.random_range(0..nodes);
            let step = random.random_range(1..nodes);
            let unlimited = below == 0 && random.random_range(0..4) == 0;
            Arc {
                source,
                target: (source + step) % nodes,
                capacity: if unlimited {
                    UNLIMITED
                } else {
                    random.random_range(0..6)
                },
                cost: random.random_range(below..=costs),
            }
        })
        .collect();
    let mut supplies = vec![0; nodes as usize];
    for _ in 0..random.random_range(0..8) {
        let amount = random.random_range(0..3);
        supplies[random.random_range(0..nodes) as usize] += amount;
        supplies[random.random_range(0..nodes) as usize] -= amount;
    }
    (supplies, arcs)
}

/// People, posts with convex costs as parallel arcs, a sink: the shape that levels have.
fn network_of_posts(random: &mut ChaCha8Rng, costs: i64) -> (Vec<i64>, Vec<Arc>) {
    let (people, posts) = (
        random.random_range(1..80_u32),
        random.random_range(1..25_u32),
    );
    let sink = people + posts;
    let mut arcs = Vec::new();
    for person in 0..people {
        for _ in 0..random.random_range(1..6) {
            arcs.push(Arc {
                source: person,
                target: people + random.random_range(0..posts),
                capacity: UNLIMITED,
                cost: random.random_range(-costs..=costs),
            });
        }
    }
    for post in 0..posts {
        let mut cost = -costs;
        for _ in 0..random.random_range(1..5) {
            arcs.push(Arc {
                source: people + post,
                target: sink,
                capacity: random.random_range(0..8),
                cost,
            });
            cost += random.random_range(0..=costs);
        }
        if random.random_range(0..4) > 0 {
            arcs.push(Arc {
                source: people + post,
                target: sink,
                capacity: UNLIMITED,
                cost,
            });
        }
    }
    let mut supplies = vec![1; people as usize];
    supplies.extend(vec![0; posts as usize]);
    supplies.push(-i64::from(people));
    (supplies, arcs)
}

/// Random networks with our answers, cold and after changes of costs, as lines of JSON in the file
/// that the variable SHIZI_NETWORKS names: `tests/oracle/confirm_flows.py` reads them.
#[test]
#[ignore = "writes a file for another solver"]
fn networks_for_another_solver() {
    let path = std::env::var_os("SHIZI_NETWORKS").expect("SHIZI_NETWORKS names a file");
    let mut lines = String::new();
    let mut random = ChaCha8Rng::seed_from_u64(29);
    for number in 0..600 {
        let costs = [0, 1, 50, 1_000_000, 1_000_000_000_000][number % 5];
        let (supplies, mut arcs) = match number % 3 {
            0 => random_network(&mut random),
            1 => network_with_cycles(&mut random, costs),
            _ => network_of_posts(&mut random, costs),
        };
        // Changes stay on the side of zero, so that no unlimited cycle becomes a gain.
        let gains = arcs.iter().any(|arc| arc.cost < 0);
        let mut network = Network::new(&supplies, &arcs);
        let mut rounds = Vec::new();
        for _ in 0..4 {
            let feasible = network.solve();
            let value: i64 = arcs
                .iter()
                .enumerate()
                .map(|(index, arc)| arc.cost * network.flow(index))
                .sum();
            let priced: Vec<i64> = arcs.iter().map(|arc| arc.cost).collect();
            rounds.push(serde_json::json!({
                "costs": priced,
                "value": feasible.then_some(value),
            }));
            for (index, arc) in arcs.iter_mut().enumerate() {
                if random.random_range(0..3) == 0 {
                    arc.cost = random.random_range(if gains { -costs } else { 0 }..=costs);
                    network.set_cost(index, arc.cost);
                }
            }
        }
        let ends: Vec<_> = arcs
            .iter()
            .map(|arc| {
                let capacity = (arc.capacity < UNLIMITED).then_some(arc.capacity);
                serde_json::json!([arc.source, arc.target, capacity])
            })
            .collect();
        let line = serde_json::json!({"supplies": supplies, "arcs": ends, "rounds": rounds});
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    std::fs::write(path, lines).expect("the file can be written");
}
