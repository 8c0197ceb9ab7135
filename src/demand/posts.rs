//! Subject posts: what each school needs of each subject, or pooled group, in full-time persons.

use std::ops::Range;

use super::loads::Loads;
use super::need::posts_of;
use super::roll::Roll;
use crate::domain::{District, Periods, Persons, SchoolIndex, Stage, SubjectIndex};
use crate::policy::Policy;

/// Place of a post in [`Posts::all`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostIndex(pub u32);

/// A subject post (学科岗位).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The school or site.
    pub school: SchoolIndex,
    /// The stage.
    pub stage: Stage,
    /// Subjects that one person of the post covers; one, but for pooled posts.
    pub subjects: Vec<SubjectIndex>,
    /// On paper: the subject, or the pool's subjects joined.
    pub label: String,
    /// Lessons a week; zero where need is reckoned by classes.
    pub periods: Periods,
    /// What the loads alone ask for, without credits and leave cover.
    pub need_by_loads: Persons,
    /// What is needed.
    pub need: Persons,
    /// Whether the site is small (need by classes, pooled).
    pub small_site: bool,
    /// Whether the office stated the need itself.
    pub stated: bool,
}

/// All posts, sorted by school, stage and first subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posts {
    all: Vec<Post>,
    /// The first post of each school, and one past the last of all.
    starts: Vec<u32>,
    /// Sorted.
    by_subject: Vec<(SchoolIndex, Stage, SubjectIndex, PostIndex)>,
    /// The first entry of each school in `by_subject`, and one past the last of all.
    subject_starts: Vec<u32>,
}

impl Posts {
    /// Reckons the need of every school and stage.
    ///
    /// A post exists for every subject that a school needs in a stage and for every subject that
    /// somebody teaches there, needed or not: such a person is surplus, not nowhere.
    pub fn new(district: &District, policy: &Policy, roll: &Roll, loads: &Loads) -> Self {
        let posts = posts_of(district, policy, roll, loads);
        let mut by_subject: Vec<_> = posts
            .iter()
            .zip(0..)
            .flat_map(|(post, position)| {
                let place = (post.school, post.stage, PostIndex(position));
                let subjects = post.subjects.iter();
                subjects.map(move |&subject| (place.0, place.1, subject, place.2))
            })
            .collect();
        by_subject.sort_unstable();
        let schools = || district.school_indices().map(|school| school.0);
        let count = district.schools.len() as u32;
        let first_post = |school| posts.partition_point(|post| post.school.0 < school) as u32;
        let first_subject = |school| by_subject.partition_point(|held| held.0.0 < school) as u32;
        let starts = schools().chain([count]).map(first_post).collect();
        let subject_starts = schools().chain([count]).map(first_subject).collect();
        Self {
            all: posts,
            starts,
            by_subject,
            subject_starts,
        }
    }

    /// All posts.
    pub fn all(&self) -> &[Post] {
        &self.all
    }

    /// The post at an index.
    pub fn get(&self, index: PostIndex) -> &Post {
        &self.all[index.0 as usize]
    }

    /// The post of a subject at a school, in a stage.
    pub fn of(
        &self,
        school: SchoolIndex,
        stage: Stage,
        subject: SubjectIndex,
    ) -> Option<PostIndex> {
        let held = &self.by_subject[between(&self.subject_starts, school)];
        let behind = held.partition_point(|held| (held.1, held.2) <= (stage, subject));
        let &(_, of_stage, of_subject, post) = held.get(behind.checked_sub(1)?)?;
        ((of_stage, of_subject) == (stage, subject)).then_some(post)
    }

    /// All posts with their indices.
    pub fn indexed(&self) -> impl Iterator<Item = (PostIndex, &Post)> {
        self.all
            .iter()
            .enumerate()
            .map(|(position, post)| (PostIndex(position as u32), post))
    }

    /// Posts of a school, with their indices.
    pub fn of_school(&self, school: SchoolIndex) -> impl Iterator<Item = (PostIndex, &Post)> {
        let here = between(&self.starts, school);
        (here.start as u32..).map(PostIndex).zip(&self.all[here])
    }
}

/// The part of a list that concerns a school.
fn between(starts: &[u32], school: SchoolIndex) -> Range<usize> {
    starts[school.position()] as usize..starts[school.position() + 1] as usize
}
