//! Deferred acceptance against every assignment of tiny markets.

use rand::seq::SliceRandom;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

type Assignment = Vec<Option<usize>>;

/// A random market of at most five persons, four seats and three units.
fn random(random: &mut impl Rng) -> Market {
    let units: Vec<Option<i64>> = (0..random.random_range(1..=3))
        .map(|_| random.random_bool(0.7).then(|| random.random_range(-1..=3)))
        .collect();
    let seats: Vec<Seat> = (0..random.random_range(1..=4))
        .map(|_| Seat {
            room: random.random_range(-1..=2),
            unit: random.random_range(0..units.len()),
        })
        .collect();
    let mut bidders: Vec<Bidder> = (0..random.random_range(1..=5))
        .map(|_| {
            let seat = random
                .random_bool(0.5)
                .then(|| random.random_range(0..seats.len()));
            let mut wished: Vec<usize> = (0..seats.len()).filter(|&at| Some(at) != seat).collect();
            wished.shuffle(random);
            wished.truncate(random.random_range(0..=3));
            let bids = wished.into_iter().map(|seat| Bid { seat, priority: 0 });
            let elsewhere = random.random_range(0..units.len());
            let unit = seat.map_or(elsewhere, |seat: usize| seats[seat].unit);
            Bidder {
                bids: bids.collect(),
                unit: Some(unit),
                seat,
            }
        })
        .collect();
    let count = bidders.iter().map(|bidder| bidder.bids.len()).sum();
    let mut priorities: Vec<usize> = (0..count).collect();
    priorities.shuffle(random);
    let bids = bidders.iter_mut().flat_map(|bidder| &mut bidder.bids);
    for (bid, priority) in bids.zip(priorities) {
        bid.priority = priority;
    }
    Market {
        seats,
        units,
        bidders,
    }
}

/// Every way to give each person one of the bids, or nothing.
fn assignments(market: &Market) -> Vec<Assignment> {
    let mut all = vec![Vec::new()];
    for bidder in &market.bidders {
        let choices = (0..bidder.bids.len()).map(Some).chain([None]);
        let choices: Vec<Option<usize>> = choices.collect();
        all = all
            .into_iter()
            .flat_map(|held: Assignment| {
                let extend = move |&choice| [held.as_slice(), &[choice]].concat();
                choices.iter().map(extend).collect::<Vec<_>>()
            })
            .collect();
    }
    all
}

/// The priorities that a unit chooses of those assigned to it and one more.
fn choice(
    market: &Market,
    assigned: &Assignment,
    unit: usize,
    more: Option<Bid>,
) -> (Vec<usize>, Vec<usize>) {
    let mut kept = vec![0; market.seats.len()];
    let mut kept_here = 0;
    let mut bids = BTreeMap::new();
    for (bidder, granted) in market.bidders.iter().zip(assigned) {
        if let Some(at) = *granted {
            let bid = bidder.bids[at];
            if market.seats[bid.seat].unit == unit {
                bids.insert(bid.priority, ((), bid.seat));
            }
        } else {
            kept_here += i64::from(bidder.unit == Some(unit));
            if let Some(seat) = bidder.seat {
                kept[seat] += 1;
            }
        }
    }
    let held = bids.keys().copied().collect();
    if let Some(more) = more {
        bids.insert(more.priority, ((), more.seat));
    }
    let chosen = market.chosen(unit, kept_here, &kept, bids.into_iter());
    (held, chosen.into_keys().collect())
}

/// Whether units want everybody whom they have, and nobody wants and is wanted elsewhere.
fn is_stable(market: &Market, assigned: &Assignment) -> bool {
    let units_content = (0..market.units.len()).all(|unit| {
        let (held, chosen) = choice(market, assigned, unit, None);
        held == chosen
    });
    units_content
        && market
            .bidders
            .iter()
            .zip(assigned)
            .all(|(bidder, granted)| {
                let better = &bidder.bids[..granted.unwrap_or(bidder.bids.len())];
                better.iter().all(|bid| {
                    let unit = market.seats[bid.seat].unit;
                    let (_, chosen) = choice(market, assigned, unit, Some(*bid));
                    !chosen.contains(&bid.priority)
                })
            })
}

fn rank(bidder: &Bidder, granted: Option<usize>) -> usize {
    granted.unwrap_or(bidder.bids.len())
}

#[test]
fn the_match_is_stable_and_best_for_everybody_among_the_stable_ones() {
    let mut generator = ChaCha8Rng::seed_from_u64(1962);
    let mut several = 0;
    for case in 0..6_000 {
        let market = random(&mut generator);
        let matched = market.match_all();
        assert!(is_stable(&market, &matched), "case {case}: {market:?}");
        let stable: Vec<Assignment> = assignments(&market)
            .into_iter()
            .filter(|assigned| is_stable(&market, assigned))
            .collect();
        several += usize::from(stable.len() > 1);
        for other in &stable {
            for (who, bidder) in market.bidders.iter().enumerate() {
                assert!(
                    rank(bidder, matched[who]) <= rank(bidder, other[who]),
                    "case {case}: {market:?} {other:?}"
                );
            }
        }
    }
    assert!(several > 100, "only {several} markets had a choice");
}

#[test]
fn nobody_gains_by_other_wishes_than_the_true_ones() {
    let mut generator = ChaCha8Rng::seed_from_u64(2005);
    for case in 0..1_500 {
        let market = random(&mut generator);
        let matched = market.match_all();
        for (who, bidder) in market.bidders.iter().enumerate() {
            for stated in orders(&bidder.bids) {
                let mut other = market.clone();
                other.bidders[who].bids.clone_from(&stated);
                let got = other.match_all()[who].map(|at| stated[at]);
                let got = got.and_then(|bid| bidder.bids.iter().position(|held| *held == bid));
                assert!(
                    rank(bidder, matched[who]) <= rank(bidder, got),
                    "case {case}: {who} states {stated:?} in {market:?}"
                );
            }
        }
    }
}

/// Every order of every part of some bids.
fn orders(bids: &[Bid]) -> Vec<Vec<Bid>> {
    let mut all = vec![Vec::new()];
    for (at, bid) in bids.iter().enumerate() {
        let rest = [&bids[..at], &bids[at + 1..]].concat();
        all.extend(orders(&rest).into_iter().map(|mut order| {
            order.insert(0, *bid);
            order
        }));
    }
    all
}

#[test]
fn the_order_of_persons_does_not_matter() {
    let mut generator = ChaCha8Rng::seed_from_u64(7);
    for _ in 0..500 {
        let market = random(&mut generator);
        let mut turned = market.clone();
        turned.bidders.reverse();
        let mut matched = turned.match_all();
        matched.reverse();
        assert_eq!(matched, market.match_all());
    }
}

#[test]
fn who_leaves_makes_room_for_others() {
    let bid = |seat, priority| Bid { seat, priority };
    let holder = |seat, bids| Bidder {
        bids,
        seat: Some(seat),
        unit: Some(seat),
    };
    let seat = |unit| Seat { room: 1, unit };
    // Two who hold each other's wish change places, though nothing is vacant.
    let market = Market {
        seats: vec![seat(0), seat(1)],
        units: vec![Some(1), Some(1)],
        bidders: vec![holder(0, vec![bid(1, 0)]), holder(1, vec![bid(0, 1)])],
    };
    assert_eq!(market.match_all(), [Some(0), Some(0)]);
}
