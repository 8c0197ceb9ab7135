//! One thing that a plan may choose for a teacher, and the placement that it means.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Choices;
use crate::demand::{PostIndex, RollEntry, Situation};
use crate::domain::{
    Form, Itinerary, Month, Placement, SchoolIndex, Stage, SubjectIndex, UnitIndex,
};
use crate::policy::FormTerms;

/// One thing that a plan may choose for a teacher. Districts have millions of them, so it says no
/// more than what tells it from the teacher's others; [`Terms`] make a placement of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// What holds if nothing is chosen.
    Home,
    /// A post, in a form.
    Post {
        /// The form.
        form: Form,
        /// Which post.
        post: PostIndex,
        /// The subject that the person would teach of those of the post.
        subject: SubjectIndex,
    },
    /// A school outside the district, where there are no posts.
    Away {
        /// The form.
        form: Form,
        /// Which school.
        school: SchoolIndex,
    },
    /// Some days of the week at other schools: the place of an itinerary among those of the
    /// [`Choices`].
    Itinerant(u32),
}

/// What turns choices into placements, without the district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    posts: Vec<(SchoolIndex, Stage)>,
    units: Vec<UnitIndex>,
    begin: Month,
    forms: BTreeMap<Form, FormTerms>,
    itineraries: Arc<[Itinerary]>,
}

impl Choice {
    /// The post to which it leads.
    pub fn post(self) -> Option<PostIndex> {
        match self {
            Self::Home | Self::Away { .. } | Self::Itinerant(_) => None,
            Self::Post { post, .. } => Some(post),
        }
    }
}

impl Terms {
    /// The terms of a year in which plans choose among these choices.
    pub fn new(situation: &Situation<'_>, choices: &Choices) -> Self {
        let district = situation.district;
        Self {
            posts: situation
                .posts
                .all()
                .iter()
                .map(|post| (post.school, post.stage))
                .collect(),
            units: district.schools.iter().map(|school| school.unit).collect(),
            begin: district.year_begin,
            forms: situation.policy.forms.clone(),
            itineraries: Arc::clone(&choices.itineraries),
        }
    }

    /// The placement that a choice means for somebody.
    pub fn placement(&self, entry: &RollEntry, choice: Choice) -> Placement {
        let home = entry.placement();
        let (form, (school, stage), subject) = match choice {
            Choice::Home => return home,
            Choice::Itinerant(place) => {
                return Placement {
                    form: Form::Itinerant,
                    itinerary: Some(self.itineraries[place as usize]),
                    ..home
                };
            }
            Choice::Post {
                form,
                post,
                subject,
            } => (form, self.posts[post.0 as usize], subject),
            Choice::Away { form, school } => (form, (school, home.stage), home.subject),
        };
        let changed = Placement {
            form,
            school,
            stage,
            subject,
            // Whoever is home by a decision has the subject by the plan's choice.
            decided: false,
            ..home
        };
        let Some(terms) = self.forms.get(&form).filter(|_| form.is_move()) else {
            return changed;
        };
        let (start, end) = terms.dates(self.begin);
        let unit = self.units[school.position()];
        Placement {
            unit: if terms.establishment_moves {
                Some(unit)
            } else {
                home.unit
            },
            start,
            end,
            ..changed
        }
    }
}
