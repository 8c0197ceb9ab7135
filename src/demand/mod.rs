//! What a district needs, and who is there: posts, balances, travel.
//!
//! Two ledgers are kept apart: *service* (who teaches where) and *establishment* (which unit holds
//! the 编制). A unit may be over its establishment and still be short of music.

mod balance;
mod loads;
mod need;
mod pools;
mod posts;
mod roll;
mod travel;

pub use balance::{Balances, StageBalance, UnitBalance, dispensable};
pub use loads::{LoadSource, Loads};
pub use posts::{Post, PostIndex, Posts};
pub use roll::{Fixation, Roll, RollEntry};
pub use travel::{RoadBasis, Roads};

use crate::domain::{
    Competition, District, LockKind, Preference, SchoolIndex, TeacherIndex, UnitIndex,
};
use crate::policy::{PersonView, Policy, SchoolSelector, SchoolView};

/// A district seen with the tables of a policy: the common ground of eligibility, rules, model and
/// audit.
#[derive(Debug)]
pub struct Situation<'a> {
    /// The district.
    pub district: &'a District,
    /// The policy.
    pub policy: &'a Policy,
    /// Who is there at the begin of the year.
    pub roll: Roll,
    /// Loads of a full-time person.
    pub loads: Loads,
    /// Posts and their need.
    pub posts: Posts,
    /// Minutes between schools.
    pub roads: Roads,
    /// Balances before any move is chosen.
    pub balances: Balances,
    wishes: Vec<bool>,
}

impl<'a> Situation<'a> {
    /// Reckons need, roll and balances.
    pub fn new(district: &'a District, policy: &'a Policy) -> Self {
        let roll = Roll::new(district, policy);
        let loads = Loads::new(district, &policy.demand);
        let posts = Posts::new(district, policy, &roll, &loads);
        let roads = Roads::new(district, &policy.travel);
        let balances = Balances::new(district, policy, &roll, &posts);
        let mut wishes = vec![false; district.teachers.len()];
        for wish in &district.preferences {
            let teacher = wish.teacher;
            wishes[teacher.position()] |= !before_present(district, teacher).is_empty();
        }
        Self {
            district,
            policy,
            roll,
            loads,
            posts,
            roads,
            balances,
            wishes,
        }
    }

    /// A person as the roster has him or her, at the begin of the year.
    pub fn person(&self, index: TeacherIndex) -> PersonView<'_> {
        let entry = self.roll.entry(index);
        let teacher = self.district.teacher(index);
        PersonView {
            teacher,
            stage: entry.stage,
            subject: entry.subject,
            subjects: &self.district.subjects,
            year_begin: self.district.year_begin,
            retirement: &self.policy.retirement,
            wishes: self.wishes[index.position()],
            competition: self.district.competition_of(index),
            on_exchange: entry.on_exchange(self.policy.exchange.resets_years_at_school),
        }
    }

    /// Posts of establishment that a unit has to spare at the begin of the year, where the selector
    /// chooses one of its schools and it holds no more than it may.
    pub fn spare_posts(&self, unit: UnitIndex, schools: &SchoolSelector) -> Option<u32> {
        let balance = self.balances.unit(unit).balance()?;
        let mut own = self.district.school_indices();
        let chosen = own.any(|school| {
            self.district.school(school).unit == unit && schools.matches(&self.school(school))
        });
        u32::try_from(balance).ok().filter(|_| chosen)
    }

    /// Whether anybody's months of practice in enterprises are known.
    pub fn knows_practice(&self) -> bool {
        let mut teachers = self.district.teachers.iter();
        teachers.any(|teacher| teacher.practice_months.is_some())
    }

    /// A school with the balance of its unit.
    pub fn school(&self, index: SchoolIndex) -> SchoolView<'_> {
        let school = self.district.school(index);
        SchoolView {
            index,
            school,
            establishment_balance: self.balances.unit(school.unit).balance(),
        }
    }

    /// The wishes for which a teacher would leave, by rank: those before the present school, where
    /// that is ranked.
    pub fn wishes_to_leave(&self, teacher: TeacherIndex) -> &'a [Preference] {
        before_present(self.district, teacher)
    }

    /// The rank of a teacher's wish for a school, 1 being the first. A school that is ranked below
    /// the present one is not wished for.
    pub fn wish_rank(&self, teacher: TeacherIndex, school: SchoolIndex) -> Option<u32> {
        // Most have none, and models ask for every place that a person may go to.
        if !self.wishes[teacher.position()] {
            return None;
        }
        self.wishes_to_leave(teacher)
            .iter()
            .find(|wish| wish.school == school)
            .map(|wish| wish.rank)
    }

    /// Whether a teacher who moves by wish, not by duty, ranks a school below the present one. Who
    /// lost the post, or is sent by a lock, moves by duty.
    pub fn ranks_below_present(&self, teacher: TeacherIndex, school: SchoolIndex) -> bool {
        let wishes = self.district.wishes_of(teacher);
        let below = &wishes[self.wishes_to_leave(teacher).len()..];
        let sent = || {
            let mut locks = self.district.locks_of(teacher).iter();
            locks.any(|lock| lock.kind == LockKind::Go)
        };
        // The first of them is the present school itself.
        let mut below = below.iter().skip(1);
        below.any(|wish| wish.school == school) && !sent()
    }
}

/// The wishes ranked before the present school. Who lost the post there has no present school to
/// go back to: every wish counts.
fn before_present(district: &District, teacher: TeacherIndex) -> &[Preference] {
    let wishes = district.wishes_of(teacher);
    if district.competition_of(teacher) == Competition::Released {
        return wishes;
    }
    let present = district.teacher(teacher).school;
    let above = wishes.iter().position(|wish| wish.school == present);
    &wishes[..above.unwrap_or(wishes.len())]
}
