//! Whether the words of a policy's selectors name something in a district.

use super::count::{Bound, Count};
use super::except::{Except, PostName};
use super::exceptions::unknown_places;
use super::kind::Kind;
use super::set::RuleSet;
use super::typed::TypedRule;
use crate::demand::Situation;
use crate::domain::District;
use crate::policy::{PersonSelector, Policy, PolicyFault, SchoolSelector, did_you_mean};

/// What a rule or lever names: subjects, and places by key.
#[derive(Debug, Default)]
struct Named<'a> {
    subjects: Vec<&'a str>,
    places: Vec<(&'static str, &'a str)>,
    /// Ids of teachers.
    excepted: Vec<&'a str>,
}

impl<'a> Named<'a> {
    fn persons(mut self, selector: &'a PersonSelector) -> Self {
        self.subjects.extend(selector.subject_words());
        self
    }

    fn schools(mut self, selector: &'a SchoolSelector) -> Self {
        self.places.extend(selector.place_words());
        self
    }

    fn subjects(mut self, words: impl IntoIterator<Item = &'a String>) -> Self {
        self.subjects.extend(words.into_iter().map(String::as_str));
        self
    }

    fn excepted(mut self, except: &'a Except) -> Self {
        self.excepted.extend(except.ids());
        self
    }

    fn posts(mut self, names: &'a [PostName]) -> Self {
        for name in names {
            self.subjects.push(&name.subject);
            self.places.push(("school", &name.school));
        }
        self
    }

    fn shares(self, count: &'a Count) -> Self {
        [&count.at_least, &count.at_most, &count.exactly]
            .into_iter()
            .flatten()
            .fold(self, |named, bound| match bound {
                Bound::Share(share) => named.persons(&share.who).schools(&share.from),
                Bound::Fixed(_) => named,
            })
    }

    fn of_rule(typed: &'a TypedRule) -> Self {
        let named = Self::default();
        match &typed.kind {
            Kind::Eligibility(kind) => named
                .persons(&kind.who)
                .schools(&kind.from)
                .excepted(&kind.except),
            Kind::Reach(kind) => named
                .persons(&kind.who)
                .excepted(&kind.except)
                .schools(&kind.from)
                .schools(&kind.to),
            Kind::Count(kind) => named
                .persons(&kind.who)
                .schools(&kind.from)
                .schools(&kind.to)
                .shares(kind),
            Kind::Ratio(kind) => named
                .persons(&kind.who)
                .persons(&kind.numerator)
                .schools(&kind.from)
                .schools(&kind.to),
            Kind::PerPupil(kind) => {
                let named = named.schools(&kind.to);
                let indicators = kind.indicators.iter();
                indicators.fold(named, |named, held| named.persons(&held.who))
            }
            Kind::Disparity(kind) => {
                let named = named.schools(&kind.to);
                let indicators = kind.indicators.iter();
                indicators.fold(named, |named, held| named.persons(&held.who))
            }
            Kind::Coverage(kind) | Kind::Surplus(kind) => {
                let named = named.posts(&kind.except);
                kind.emphasis.iter().fold(named, |named, emphasis| {
                    named.subjects(&emphasis.subject).schools(&emphasis.to)
                })
            }
            Kind::Travel(kind) => named.persons(&kind.who),
            Kind::Turns(kind) => named
                .persons(&kind.who)
                .schools(&kind.from)
                .excepted(&kind.except),
            Kind::Avoidance(kind) => named.excepted(&kind.except),
            Kind::Stability(kind) => named
                .persons(&kind.who)
                .schools(&kind.from)
                .schools(&kind.to),
            Kind::Preference(_) | Kind::Couples(_) => named,
        }
    }

    /// A fault for each word that names nothing.
    fn unknown(&self, place: &str, district: &District) -> Vec<PolicyFault> {
        let mut faults = Vec::new();
        for word in &self.subjects {
            if district.subject_named(word).is_none() {
                let known = district.subjects.iter().map(String::as_str);
                faults.push(unknown_word(place, "subject", word, known));
            }
        }
        for &(key, word) in &self.places {
            let values: Vec<&str> = district
                .schools
                .iter()
                .filter_map(|school| match key {
                    "school" => Some(school.code.as_str()),
                    "town" => Some(school.town.as_str()),
                    "cluster" => school.cluster.as_deref(),
                    _ => school.group.as_deref(),
                })
                .collect();
            if !values.contains(&word) {
                faults.push(unknown_word(place, key, word, values.into_iter()));
            }
        }
        for &id in &self.excepted {
            if district.teacher_with_id(id).is_none() {
                let known = district.teachers.iter().map(|teacher| teacher.id.as_str());
                faults.push(unknown_word(place, "teacher", id, known));
            }
        }
        faults
    }
}

fn unknown_word<'a>(
    place: &str,
    key: &str,
    word: &str,
    known: impl Iterator<Item = &'a str>,
) -> PolicyFault {
    PolicyFault {
        code: "P007",
        place: place.to_owned(),
        message: format!("本区县没有 / this district has no {key} `{word}`"),
        advice: did_you_mean(word, known).unwrap_or_default(),
    }
}

impl RuleSet {
    /// Checks that the words of selectors name something in the district, and those of exceptions
    /// a place of which their rule speaks.
    ///
    /// # Errors
    /// Every word that names nothing, with the nearest that does.
    pub fn check_words(
        &self,
        policy: &Policy,
        district: &District,
    ) -> Result<(), Vec<PolicyFault>> {
        let of_rules = self.all().iter().flat_map(|typed| {
            let place = format!("{}: rule.{}", typed.rule.file, typed.rule.id);
            Named::of_rule(typed).unknown(&place, district)
        });
        let of_levers = self
            .levers()
            .iter()
            .filter(|lever| lever.at_most > 0)
            .flat_map(|lever| {
                let named = Named::default()
                    .subjects(&lever.subject)
                    .schools(&lever.to)
                    .schools(&lever.first)
                    .schools(&lever.from)
                    .persons(&lever.who);
                named.unknown(&format!("lever.{}", lever.id), district)
            });
        let of_itinerants = self.itinerants().into_iter().flat_map(|terms| {
            let named = Named::default().subjects(&terms.subject);
            named.unknown("itinerant", district)
        });
        let of_places = self.unknown_places(policy, district);
        let of_all = of_rules
            .chain(of_levers)
            .chain(of_itinerants)
            .chain(of_places);
        let mut faults: Vec<PolicyFault> = of_all.collect();
        faults.dedup();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    /// Faults of exceptions by place. Of which places a rule speaks is asked of the situation, which
    /// is reckoned where there is an exception only.
    fn unknown_places(&self, policy: &Policy, district: &District) -> Vec<PolicyFault> {
        let counts = self.all().iter().filter_map(|typed| match &typed.kind {
            Kind::Count(count) if !count.at.is_empty() => Some((&typed.rule, count)),
            _ => None,
        });
        let mut counts = counts.peekable();
        if counts.peek().is_none() {
            return Vec::new();
        }
        let situation = Situation::new(district, policy);
        counts
            .flat_map(|(rule, count)| unknown_places(rule, count, &situation))
            .collect()
    }
}
