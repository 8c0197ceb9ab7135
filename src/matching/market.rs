//! Deferred acceptance: applicants propose, units hold.
//!
//! Gale and Shapley, *College admissions and the stability of marriage* (1962). A unit holds seats
//! and is bounded as a whole; of the claims that it has, it takes the best that fit, one after the
//! other. Such a choice rejects for good what it once rejects (a laminar matroid), so the result is
//! stable and the best stable one for every applicant, and nobody gains by stating other wishes than
//! the true ones (Hatfield and Milgrom, *Matching with contracts*, 2005).
//!
//! Whoever holds a place already keeps it unless something wished for is granted: before anybody
//! else, and even where there are more persons than places. It is vacant from the moment that he or
//! she leaves it. Whoever serves in one unit with the 编制 of another, or of none, takes no room of the
//! unit served and leaves none; a seat that came free without room would depend on who takes it, and
//! no result might be stable. So such a seat stays taken until the next round.

use std::collections::BTreeMap;

/// A post that takes applicants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// How many applicants it has room for, those included who hold it now.
    pub room: i64,
    /// The unit to which it belongs.
    pub unit: usize,
}

/// What somebody applies for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bid {
    /// The seat.
    pub seat: usize,
    /// The place among all bids of the market, 0 being the best. No two bids have the same.
    pub priority: usize,
}

/// Somebody in the market.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bidder {
    /// What is wished, the dearest first.
    pub bids: Vec<Bid>,
    /// The unit that holds the 编制 now; `None` outside the establishment.
    pub unit: Option<usize>,
    /// The seat held now, where it is one of that unit.
    pub seat: Option<usize>,
}

/// Seats, units and those who apply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Market {
    /// The seats.
    pub seats: Vec<Seat>,
    /// How many of the market each unit has room for; `None` where its establishment is not known.
    pub units: Vec<Option<i64>>,
    /// Those who apply.
    pub bidders: Vec<Bidder>,
}

/// What a unit has at hand.
#[derive(Debug, Clone, Default)]
struct Hand {
    /// Bids by priority: whose, and for which seat.
    held: BTreeMap<usize, (usize, usize)>,
    /// Persons who keep their 编制 in the unit.
    kept: i64,
}

impl Market {
    /// The best stable assignment for those who apply: for each the place among his or her bids
    /// that is granted, or `None` where everything stays as it is.
    pub fn match_all(&self) -> Vec<Option<usize>> {
        let mut hands = vec![Hand::default(); self.units.len()];
        let mut kept = vec![0_i64; self.seats.len()];
        let mut next = vec![0_usize; self.bidders.len()];
        let mut open: Vec<usize> = (0..self.bidders.len()).rev().collect();
        while let Some(who) = open.pop() {
            let bidder = &self.bidders[who];
            if let Some(bid) = bidder.bids.get(next[who]) {
                let unit = self.seats[bid.seat].unit;
                hands[unit].held.insert(bid.priority, (who, bid.seat));
                open.extend(self.reject(unit, &mut hands, &kept, &mut next));
                continue;
            }
            if let Some(seat) = bidder.seat {
                kept[seat] += 1;
            }
            if let Some(unit) = bidder.unit {
                hands[unit].kept += 1;
                open.extend(self.reject(unit, &mut hands, &kept, &mut next));
            }
        }
        next.iter()
            .zip(&self.bidders)
            .map(|(&at, bidder)| (at < bidder.bids.len()).then_some(at))
            .collect()
    }

    /// Drops what a unit does not choose of what it has at hand; gives those who are dropped.
    fn reject(
        &self,
        unit: usize,
        hands: &mut [Hand],
        kept: &[i64],
        next: &mut [usize],
    ) -> Vec<usize> {
        let hand = &mut hands[unit];
        let bids = hand.held.iter().map(|(&priority, &held)| (priority, held));
        let chosen = self.chosen(unit, hand.kept, kept, bids);
        let mut dropped = Vec::new();
        hand.held.retain(|priority, (who, _)| {
            let holds = chosen.contains_key(priority);
            if !holds {
                next[*who] += 1;
                dropped.push(*who);
            }
            holds
        });
        dropped
    }

    /// What a unit chooses of bids in the order of priority, beside those who keep their places.
    fn chosen<Held>(
        &self,
        unit: usize,
        kept_here: i64,
        kept: &[i64],
        bids: impl Iterator<Item = (usize, (Held, usize))>,
    ) -> BTreeMap<usize, Held> {
        let mut room = self.units[unit].map_or(i64::MAX, |room| room - kept_here);
        let mut taken: BTreeMap<usize, i64> = BTreeMap::new();
        let mut chosen = BTreeMap::new();
        for (priority, (held, seat)) in bids {
            let at_seat = taken.entry(seat).or_default();
            if room > 0 && kept[seat] + *at_seat < self.seats[seat].room {
                *at_seat += 1;
                room -= 1;
                chosen.insert(priority, held);
            }
        }
        chosen
    }
}

#[cfg(test)]
#[path = "market_tests.rs"]
mod tests;
