//! A synthetic county of realistic size, for measurements.

use crate::program::{Counter, CounterIndex, Hinge, Program, ProgramBuilder};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What to generate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub(super) schools: usize,
    pub(super) subjects: usize,
    pub(super) people: usize,
    pub(super) destinations: usize,
    /// Moves, exactly; or, where `elastic`, at least, as a floor.
    pub(super) quota: i64,
    pub(super) elastic: bool,
    /// Uncovered need, in persons' thousandths of weight, that a move must bring at least.
    pub(super) worth: i64,
}

/// The county of the brief: 500 who may move, 70 schools, 12 subjects, some 40,000 options.
pub(super) const COUNTY: Size = Size {
    schools: 70,
    subjects: 12,
    people: 500,
    destinations: 80,
    quota: 50,
    elastic: false,
    worth: 50_000,
};

struct School {
    place: (f64, f64),
    rural: bool,
    leaving: CounterIndex,
    staff: CounterIndex,
    backbone: CounterIndex,
    posts: Vec<CounterIndex>,
}

fn row(label: String, offset: i64) -> Counter {
    Counter {
        label,
        in_flow: false,
        offset,
        lower: None,
        upper: None,
        hinges: Vec::new(),
    }
}

fn post(random: &mut ChaCha8Rng, rural: bool, subject: usize, label: String) -> Counter {
    // 1000 is a person. Country schools and the small subjects are short, towns have too many.
    let need = random.random_range(4..24) * 500;
    let share = if rural { 70..105 } else { 95..125 };
    let share = if subject >= 8 { 40..100 } else { share };
    let there = need * random.random_range(share) / 100 / 1000 * 1000;
    let weight = if rural { 15 } else { 10 } * if subject >= 8 { 14 } else { 10 };
    let mut hinges = vec![
        Hinge {
            level: 1,
            at: need,
            below: weight,
            above: 0,
        },
        Hinge {
            level: 2,
            at: need,
            below: 0,
            above: 8,
        },
    ];
    if subject == 11 {
        hinges.push(Hinge {
            level: 0,
            at: 1000,
            below: 1,
            above: 0,
        });
    }
    Counter {
        label,
        in_flow: true,
        offset: there,
        lower: None,
        upper: None,
        hinges,
    }
}

fn schools(random: &mut ChaCha8Rng, builder: &mut ProgramBuilder, size: Size) -> Vec<School> {
    (0..size.schools)
        .map(|number| {
            let rural = number * 10 >= size.schools * 3;
            let reach = if rural { 4.0..20.0 } else { 0.0..4.0 };
            let (radius, angle) = (
                random.random_range(reach),
                random.random_range(0.0..std::f64::consts::TAU),
            );
            let posts = (0..size.subjects)
                .map(|subject| {
                    let label = format!("post {number} {subject}");
                    let counter = post(random, rural, subject, label);
                    builder.add_counter(counter)
                })
                .collect();
            let mut leaving = row(format!("leaving {number}"), 0);
            leaving.upper = Some(random.random_range(2..6));
            let mut staff = row(format!("staff {number}"), 0);
            staff.upper = Some(random.random_range(0..4));
            let mut backbone = row(format!("backbone {number}"), random.random_range(0..3));
            backbone.hinges.push(Hinge {
                level: 0,
                at: 2,
                below: 100,
                above: 0,
            });
            School {
                place: (radius * angle.cos(), radius * angle.sin()),
                rural,
                leaving: builder.add_counter(leaving),
                staff: builder.add_counter(staff),
                backbone: builder.add_counter(backbone),
                posts,
            }
        })
        .collect()
}

/// Three levels: floors; uncovered need; surplus, minutes and moves.
#[allow(clippy::too_many_lines, reason = "a list of what a county has")]
pub(super) fn county(seed: u64, size: Size) -> Program {
    let random = &mut ChaCha8Rng::seed_from_u64(seed);
    let builder = &mut ProgramBuilder::new(3);
    let mut moves = row("moves".into(), 0);
    if size.elastic {
        moves.hinges.push(Hinge {
            level: 0,
            at: size.quota,
            below: 1000,
            above: 0,
        });
    } else {
        (moves.lower, moves.upper) = (Some(size.quota), Some(size.quota));
    }
    let moves = builder.add_counter(moves);
    // Backbone moves are at least a fifth of all: 4 for each of them, −1 for each other.
    let mut ratio = row("ratio".into(), 0);
    ratio.hinges.push(Hinge {
        level: 0,
        at: 0,
        below: 100,
        above: 0,
    });
    let ratio = builder.add_counter(ratio);
    let schools = schools(random, builder, size);
    for person in 0..size.people {
        let home = random.random_range(0..size.schools);
        let subject = random.random_range(0..size.subjects);
        let backbone = random.random_range(0..5) == 0;
        builder.add_agent(format!("person {person}"), 1);
        // Who stays is in nobody's count but the post's.
        builder.add_option("stay", &[0; 3], &[(schools[home].posts[subject], 1000)]);
        let second = random.random_range(0..10) < 3;
        let other = (subject + random.random_range(1..size.subjects)) % size.subjects;
        if second {
            builder.add_option("stay", &[0, 0, 50], &[(schools[home].posts[other], 1000)]);
        }
        let mut targets: Vec<(i64, usize)> = (0..size.schools)
            .filter(|&target| target != home && (schools[target].rural || schools[home].rural))
            .map(|target| {
                let (here, there) = (schools[home].place, schools[target].place);
                let distance = (here.0 - there.0).hypot(here.1 - there.1);
                ((distance * 2.5) as i64 + random.random_range(0..8), target)
            })
            .collect();
        targets.sort_unstable();
        let subjects = || {
            [Some(subject), second.then_some(other)]
                .into_iter()
                .flatten()
        };
        let ways = targets
            .iter()
            .flat_map(|&target| subjects().map(move |taught| (target, taught)));
        for ((minutes, target), taught) in ways.take(size.destinations) {
            let school = &schools[target];
            let mut held = vec![
                (school.posts[taught], 1000),
                (moves, 1),
                (ratio, if backbone { 4 } else { -1 }),
                (schools[home].leaving, 1),
                (school.staff, 1),
                (schools[home].staff, -1),
            ];
            if backbone {
                held.extend([(school.backbone, 1), (schools[home].backbone, -1)]);
            }
            let wish = random.random_range(-10..10);
            builder.add_option("move", &[0, size.worth, 100 + 2 * minutes + wish], &held);
        }
    }
    builder.clone().finish()
}
