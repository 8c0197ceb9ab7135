//! Taking away what cannot be in any point that keeps the earlier levels.

use super::linear::Impossible;
use super::scope::{Reach, steps_of};
use super::{AgentIndex, Program, Scope, Steps};

/// Rounds of tightening; each is as cheap as building the model, and the third rarely finds
/// anything.
const ROUNDS: usize = 6;

/// What is left of a scope after tightening.
pub(super) struct Tightened {
    pub(super) reaches: Vec<Reach>,
    pub(super) steps: Vec<Steps>,
    /// Earlier levels whose rows can still bind.
    pub(super) kept: Vec<usize>,
}

/// Takes away what cannot be in a point that keeps the earlier levels: whoever costs more than
/// the least by more than limit − least possible total. Says which level rows can still bind.
pub(super) fn tighten(
    program: &Program,
    limits: &[i64],
    scope: &mut Scope,
) -> Result<Tightened, Impossible> {
    for round in 1.. {
        let reaches = scope.reaches(program);
        let mut steps = steps_of(program, &reaches).map_err(Impossible::Counter)?;
        let (mut caps, mut kept) = (Vec::new(), Vec::new());
        for (level, &limit) in limits.iter().enumerate() {
            let (least, greatest) = extent(program, scope, &steps, level);
            if least > limit {
                return Err(Impossible::Level(level));
            }
            let slack = limit - least;
            if greatest > limit {
                kept.push(level);
            }
            for steps in &mut steps {
                steps.trim(level, slack);
            }
            for agent in program
                .agent_indices()
                .filter(|&agent| scope.is_free(agent))
            {
                let floor = least_cost(program, scope, agent, level);
                for option in scope.open_options(program, agent) {
                    let extra = program.cost(option, level) - floor;
                    if extra > 0 && slack / extra < i64::from(scope.upper(option)) {
                        caps.push((option, (slack / extra) as u32));
                    }
                }
            }
        }
        if caps.is_empty() || round == ROUNDS {
            // The last caps are not applied: the reaches must fit the scope they came from.
            return Ok(Tightened {
                reaches,
                steps,
                kept,
            });
        }
        scope
            .lower_uppers(program, &caps)
            .map_err(Impossible::Agent)?;
    }
    unreachable!("the loop returns in its last round")
}

/// Least cost of an agent with a choice at a level.
pub(super) fn least_cost(program: &Program, scope: &Scope, agent: AgentIndex, level: usize) -> i64 {
    scope
        .open_options(program, agent)
        .map(|option| program.cost(option, level))
        .min()
        .expect("an agent with a choice has open options")
}

/// Least and greatest value of a level that agents and counters allow each on its own.
fn extent(program: &Program, scope: &Scope, steps: &[Steps], level: usize) -> (i64, i64) {
    let mut least = program.constant(level) + scope.given_cost(program, level);
    let mut greatest = least;
    for agent in program
        .agent_indices()
        .filter(|&agent| scope.is_free(agent))
    {
        let multiplicity = i64::from(program.agent(agent).multiplicity);
        let costs = scope
            .open_options(program, agent)
            .map(|option| program.cost(option, level));
        greatest += multiplicity
            * costs
                .max()
                .expect("an agent with a choice has open options");
        least += multiplicity * least_cost(program, scope, agent, level);
    }
    for steps in steps {
        least += steps.least_cost(level);
        greatest += steps.greatest_cost(level);
    }
    (least, greatest)
}
