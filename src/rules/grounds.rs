//! On whose authority somebody moves, and for what: the words beside each move. Told from the
//! district, the rules and the finished plan alone.

use std::collections::BTreeMap;

use super::count::CountOf;
use super::facts::PlanFacts;
use super::kind::Kind;
use super::ratio::RatioOf;
use super::row::{Candidate, RowKey};
use super::set::RuleSet;
use super::station::Stations;
use super::typed::TypedRule;
use crate::demand::PostIndex;
use crate::domain::{DecidedKind, Form, LockKind, Persons};
use crate::policy::Enforcement;

/// The basis of those whom a lock sends to the school.
const SENT: &str = "本局决定派往";

/// Who leaves a post this year, by form.
#[derive(Debug, Clone, Copy, Default)]
struct Leavers {
    exchanged: bool,
    transferred: bool,
    otherwise: bool,
    changed_subject: bool,
}

/// What the grounds of moves are told from.
#[derive(Debug)]
pub struct Grounds<'a> {
    rules: &'a RuleSet,
    staff: BTreeMap<PostIndex, Persons>,
    leavers: BTreeMap<PostIndex, Leavers>,
}

impl<'a> Grounds<'a> {
    /// Looks at a plan.
    pub fn new(facts: &PlanFacts<'_>, rules: &'a RuleSet) -> Self {
        let posts = &facts.situation.posts;
        let mut leavers: BTreeMap<PostIndex, Leavers> = BTreeMap::new();
        for candidate in facts.candidates() {
            let placement = candidate.placement;
            let Some(left) = post_left(&candidate) else {
                continue;
            };
            if posts.of(placement.school, placement.stage, placement.subject) == Some(left) {
                continue;
            }
            let held = leavers.entry(left).or_default();
            match placement.form {
                Form::Exchange => held.exchanged = true,
                Form::Transfer => held.transferred = true,
                Form::ChangeSubject => held.changed_subject = true,
                _ => held.otherwise = true,
            }
        }
        Self {
            rules,
            staff: facts.staff(),
            leavers,
        }
    }

    /// On whose authority (依据): the decision, the lock by which the office sends somebody, the rules that
    /// ask for the move, what the policy says of the form, or else the rule by which posts are filled.
    /// The reason of a lock is the office's own and stands nowhere.
    pub fn basis(&self, candidate: &Candidate<'_>) -> String {
        let (situation, placement) = (candidate.situation, candidate.placement);
        if placement.decided {
            return situation
                .district
                .decided_of(placement.teacher)
                .iter()
                .rfind(|decision| {
                    matches!(decision.kind, DecidedKind::Exchange | DecidedKind::Transfer)
                })
                .map(|decision| decision.basis.clone())
                .filter(|basis| !basis.is_empty())
                .unwrap_or_else(|| "已定事项".to_owned());
        }
        let sent = is_sent(candidate);
        let mut cited: Vec<String> = Vec::new();
        if sent {
            cited.push(SENT.to_owned());
        }
        for typed in self.asking(candidate) {
            push_new(&mut cited, citation(typed));
        }
        if cited.len() == usize::from(sent) {
            let terms = situation.policy.forms.get(&placement.form);
            let form = terms.map(|terms| terms.source.citation());
            cited.extend(form.filter(|citation| !citation.is_empty()));
        }
        if cited.is_empty() {
            let rules = self.rules.all().iter();
            let coverage = rules.filter(|typed| matches!(typed.kind, Kind::Coverage(_)));
            coverage.for_each(|typed| push_new(&mut cited, citation(typed)));
        }
        if cited.is_empty() {
            cited.push(situation.policy.title.clone());
        }
        cited.join("；")
    }

    /// What the move is for (交流原因): one sentence, in which nothing private can stand.
    pub fn reason(&self, candidate: &Candidate<'_>) -> String {
        let (situation, placement) = (candidate.situation, candidate.placement);
        if placement.decided {
            return "按已定事项执行".to_owned();
        }
        if placement.form == Form::Itinerant {
            return self.visits(candidate);
        }
        let post = situation
            .posts
            .of(placement.school, placement.stage, placement.subject);
        let Some(index) = post else {
            // Nobody has a post outside the district.
            return match placement.form {
                Form::Shadowing => {
                    format!("到{}跟岗研修", candidate.to().school.name)
                }
                _ => String::new(),
            };
        };
        if placement.form == Form::Resettle {
            let place = place(candidate, index);
            let figures = self.figures(candidate, index);
            return format!("原校撤并，安置到{place}岗位（{figures}）");
        }
        let place = place(candidate, index);
        let figures = self.figures(candidate, index);
        let (before, after) = (before(candidate, index), self.after(index));
        if before < situation.posts.get(index).need && after > before {
            return format!("补{place}缺额（{figures}）");
        }
        let leavers = self.leavers.get(&index).copied().unwrap_or_default();
        let left = match (leavers.exchanged, leavers.transferred) {
            (true, true) => "派出、调出",
            (true, false) => "派出",
            (false, true) => "调出",
            (false, false) if leavers.otherwise => "离开",
            (false, false) if leavers.changed_subject => "校内转任学科",
            (false, false) => return self.without_gap(candidate, index),
        };
        format!("接替{place}岗位{left}的教师（{figures}）")
    }

    /// Of 走教: what each school has of it.
    fn visits(&self, candidate: &Candidate<'_>) -> String {
        let mut texts = Vec::new();
        candidate.at_stations(Stations::Visits, |there| {
            let (posts, placement) = (&there.situation.posts, there.placement);
            if let Some(index) = posts.of(placement.school, placement.stage, placement.subject) {
                let (place, days) = (place(there, index), there.trips());
                let figures = self.figures(there, index);
                texts.push(format!("每周到{place}岗位走教{days}天（{figures}）"));
            }
        });
        texts.join("；")
    }

    /// Where the post lacks nobody: the quota that asks for the move, the surplus that it relieves.
    fn without_gap(&self, candidate: &Candidate<'_>, index: PostIndex) -> String {
        let there = place(candidate, index);
        let figures = self.figures(candidate, index);
        if candidate.entry.form == Form::Waiting {
            return format!("统筹安排落聘教师到{there}岗位任教（{figures}）");
        }
        if let Some(typed) = self.asking(candidate).next() {
            let title = &typed.rule.title;
            return format!("落实“{title}”，到{there}岗位任教（{figures}）");
        }
        if let Some(left) = post_left(candidate) {
            let need = candidate.situation.posts.get(left).need;
            let held = before(candidate, left);
            if held > need && self.after(left) < held {
                let place = place(candidate, left);
                let figures = self.figures(candidate, left);
                return format!("分流{place}岗位超需教师（{figures}）");
            }
        }
        format!("充实{there}岗位（{figures}）")
    }

    fn after(&self, index: PostIndex) -> Persons {
        self.staff.get(&index).copied().unwrap_or_default()
    }

    fn figures(&self, candidate: &Candidate<'_>, index: PostIndex) -> String {
        // Persons are whole but for parts of a week.
        let count = |persons: Persons| match persons.0 % 1000 {
            0 => (persons.0 / 1000).to_string(),
            _ => persons.to_string(),
        };
        format!(
            "需{}人，现{}人，调整后{}人",
            candidate.situation.posts.get(index).need,
            count(before(candidate, index)),
            count(self.after(index))
        )
    }

    /// Rules by which the person must move so, and those that are pursued and count the move towards a
    /// lower limit.
    fn asking<'b>(
        &'b self,
        candidate: &'b Candidate<'_>,
    ) -> impl Iterator<Item = &'b TypedRule> + 'b {
        let rules = self.rules.all().iter().enumerate();
        rules
            .filter(move |(position, typed)| asks_for(typed, *position, candidate))
            .map(|(_, typed)| typed)
    }
}

/// Whether a lock sends the person to the school.
fn is_sent(candidate: &Candidate<'_>) -> bool {
    let placement = candidate.placement;
    let district = candidate.situation.district;
    let locks = district.locks_of(placement.teacher).iter();
    let mut sending = locks.filter(|lock| lock.kind == LockKind::Go);
    placement.form.is_move() && sending.any(|lock| lock.school == Some(placement.school))
}

/// The post that somebody leaves by moving or by changing the subject.
fn post_left(candidate: &Candidate<'_>) -> Option<PostIndex> {
    let entry = candidate.entry;
    let form = candidate.placement.form;
    // Who was released has left it already.
    let leaves = entry.form != Form::Waiting;
    (leaves && (form.is_move() || form == Form::ChangeSubject)).then_some(())?;
    let posts = &candidate.situation.posts;
    posts.of(candidate.origin(), entry.stage, entry.subject)
}

fn before(candidate: &Candidate<'_>, index: PostIndex) -> Persons {
    candidate.situation.balances.present(index)
}

fn place(candidate: &Candidate<'_>, index: PostIndex) -> String {
    let post = candidate.situation.posts.get(index);
    let school = candidate.situation.district.school(post.school);
    // A school of one stage mostly has it in its name.
    let stage = if school.stages().count() > 1 {
        post.stage.chinese()
    } else {
        ""
    };
    format!("{}{stage}{}", school.name, post.label)
}

fn push_new(list: &mut Vec<String>, text: String) {
    if !list.contains(&text) {
        list.push(text);
    }
}

/// The citation of a rule's source, or its title where it has none.
fn citation(typed: &TypedRule) -> String {
    let citation = typed.rule.source.citation();
    if citation.is_empty() {
        typed.rule.title.clone()
    } else {
        citation
    }
}

fn asks_for(typed: &TypedRule, position: usize, candidate: &Candidate<'_>) -> bool {
    let has_lower_limit = match &typed.kind {
        Kind::Count(count) => {
            let asked = typed.amount(position, candidate);
            count.of == CountOf::Moves
                && asked.is_some_and(|(key, _)| match key {
                    RowKey::Rule(_, place) => {
                        count.asks_for_moves(candidate.situation.district, place)
                    }
                    _ => false,
                })
        }
        Kind::Ratio(ratio) => ratio.of == RatioOf::Moves && ratio.at_least.is_some(),
        Kind::Eligibility(kind) => return kind.must_move(candidate),
        _ => false,
    };
    has_lower_limit
        && typed.rule.enforcement != Enforcement::Report
        && typed
            .amount(position, candidate)
            .is_some_and(|(_, amount)| amount > 0)
}
