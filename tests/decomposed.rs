//! The decomposed engine: against the monolithic one where enumeration is too long, and the same
//! bytes whatever the number of threads.

mod programs;

use programs::assignment::{SMALL, assignment};
use programs::solving::{exact, solved};
use shizi::solve::Engine;

#[test]
fn mid_size_programs_agree_with_the_monolithic_engine() {
    for seed in 0..6 {
        let program = assignment(SMALL, seed);
        let [whole, parts] = [Engine::Monolithic, Engine::Decomposed]
            .map(|engine| solved(&format!("seed {seed}"), &program, &exact(engine)));
        for (level, (one, other)) in whole.levels.iter().zip(&parts.levels).enumerate() {
            assert!(one.bound <= other.value, "seed {seed} level {level}");
            assert!(other.bound <= one.value, "seed {seed} level {level}");
            if !one.is_closed() || !other.is_closed() {
                break;
            }
        }
        let closed = parts
            .levels
            .iter()
            .all(shizi::solve::LevelCertificate::is_closed);
        assert!(closed, "seed {seed}: {:?}", parts.levels);
    }
}

#[test]
fn one_thread_and_two_give_the_same_point() {
    let program = assignment(SMALL, 11);
    let with = |threads| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads can be had")
            .install(|| solved("threads", &program, &exact(Engine::Decomposed)).point)
    };
    assert_eq!(with(1), with(2));
}
