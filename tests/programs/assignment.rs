//! Assignment programs of the shape that districts have: posts with fractional needs, caps on who
//! leaves a school, establishment, a quota, a share, and three levels (floors, coverage, cost).

use shizi::program::{Counter, CounterIndex, Hinge, Program, ProgramBuilder};

use super::Numbers;

/// How large a program is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) people: i64,
    pub(crate) schools: i64,
    pub(crate) subjects: i64,
    /// Posts that each person may go to, besides staying.
    pub(crate) targets: i64,
    /// How many must go from town to country.
    pub(crate) quota: i64,
}

/// The county of the oracle tests: some 5,000 options.
pub(crate) const COUNTY: Shape = Shape {
    people: 400,
    schools: 60,
    subjects: 10,
    targets: 12,
    quota: 50,
};

/// Large enough for cores and prices, small enough to be proven whole.
pub(crate) const SMALL: Shape = Shape {
    people: 60,
    schools: 12,
    subjects: 4,
    targets: 8,
    quota: 10,
};

const LEVELS: usize = 3;
const PERSON: i64 = 1000;

fn hinge(level: usize, at: i64, below: i64, above: i64) -> Hinge {
    Hinge {
        level,
        at,
        below,
        above,
    }
}

fn side(label: String, lower: Option<i64>, upper: Option<i64>) -> Counter {
    Counter {
        label,
        in_flow: false,
        offset: 0,
        lower,
        upper,
        hinges: Vec::new(),
    }
}

struct School {
    east: i64,
    north: i64,
    rural: bool,
    left: CounterIndex,
    posts: Vec<CounterIndex>,
}

/// A program of a shape. Schools 0..2/5 are in town and over-staffed, the others short.
pub(crate) fn assignment(shape: Shape, seed: u64) -> Program {
    let mut numbers = Numbers::new(seed);
    let mut builder = ProgramBuilder::new(LEVELS);
    let quota = builder.add_counter(side("quota".into(), Some(shape.quota), Some(shape.quota)));
    // At least a fifth of all who go are backbone teachers: 5 · backbone − all ≥ 0.
    let share = builder.add_counter(side("share".into(), Some(0), None));
    let schools: Vec<School> = (0..shape.schools)
        .map(|number| school(&mut builder, &mut numbers, shape, number))
        .collect();
    for person in 0..shape.people {
        let home = &schools[(person % shape.schools) as usize];
        let subject = numbers.between(0, shape.subjects - 1) as usize;
        let backbone = numbers.chance(20);
        builder.add_agent(format!("person {person}"), 1);
        builder.add_option("stay", &[0, 0, 0], &[(home.posts[subject], PERSON)]);
        for _ in 0..shape.targets {
            let target = &schools[numbers.between(0, shape.schools - 1) as usize];
            let minutes =
                ((home.east - target.east).abs() + (home.north - target.north).abs()) / 10;
            let taught = if numbers.chance(15) {
                numbers.between(0, shape.subjects - 1) as usize
            } else {
                subject
            };
            let mut held = vec![
                (target.posts[taught], PERSON),
                (home.left, 1),
                (share, if backbone { 4 } else { -1 }),
            ];
            if target.rural && !home.rural {
                held.push((quota, 1));
            }
            let liking = numbers.between(-5, 5);
            builder.add_option("go", &[0, 0, 200 + 10 * minutes + liking], &held);
        }
    }
    builder.finish()
}

fn school(
    builder: &mut ProgramBuilder,
    numbers: &mut Numbers,
    shape: Shape,
    number: i64,
) -> School {
    let rural = number * 5 >= shape.schools * 2;
    let cap = shape.people / shape.schools / 2 + 1;
    let left = builder.add_counter(side(format!("left {number}"), None, Some(cap)));
    let posts = (0..shape.subjects)
        .map(|subject| {
            let fixed = numbers.between(1, 5) * PERSON;
            let missing = numbers.between(-1, if rural { 6 } else { 2 }) * PERSON / 2;
            let need = (fixed + missing + numbers.between(0, 9) * 100).max(0);
            let weight = if rural { 15 } else { 10 };
            builder.add_counter(Counter {
                label: format!("post {number}/{subject}"),
                in_flow: true,
                offset: fixed,
                lower: None,
                upper: None,
                hinges: vec![
                    hinge(0, need * 7 / 10, 1, 0),
                    hinge(1, need, weight, 0),
                    hinge(2, need, 0, 1),
                ],
            })
        })
        .collect();
    School {
        east: numbers.between(0, 1000),
        north: numbers.between(0, 1000),
        rural,
        left,
        posts,
    }
}
