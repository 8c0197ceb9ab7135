//! What is to be generated: the published totals of a district, or sizes drawn from the seed.

use crate::domain::Month;

use super::chance::Chance;
use super::layout::{COUNTY, Layout, Scale};
use super::planned::Planned;

/// A kind of district that can be generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Name by which it is asked for.
    pub name: &'static str,
    /// Name of the district.
    pub district: &'static str,
    /// Administrative code.
    pub code: &'static str,
    /// First month of the year that is planned.
    pub year_begin: Month,
    /// Date of the data.
    pub data_date: &'static str,
    pub(super) source: Source,
}

/// Where the sizes of a profile come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// Written by hand, the same for every seed.
    Handmade,
    /// Published totals.
    Published(Sizes),
    /// A district that a five-year plan describes.
    Planned(Planned),
    /// Drawn from the seed, against a county's size.
    Drawn(Scale),
}

/// Totals of a district.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sizes {
    /// Towns outside the seat.
    pub(super) towns: u32,
    pub(super) primary: Totals,
    /// Schools with a junior stage only.
    pub(super) junior: Totals,
    /// Junior stages of the schools that also have a senior one (完全中学).
    pub(super) complete: Totals,
    pub(super) senior: Totals,
    pub(super) vocational: Totals,
    pub(super) layout: Layout,
}

/// Totals of a kind of school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Totals {
    pub(super) sites: u32,
    pub(super) classes: u32,
    pub(super) pupils: u32,
    pub(super) teachers: u32,
}

const fn totals(sites: u32, classes: u32, pupils: u32, teachers: u32) -> Totals {
    Totals {
        sites,
        classes,
        pupils,
        teachers,
    }
}

/// Wulong as published for the school year that began in autumn 2021. The senior and vocational
/// figures are assumed: together they are what the printed total of 3,025 teachers leaves.
const WULONG: Sizes = Sizes {
    towns: 12,
    primary: totals(62, 592, 20_247, 1_763),
    junior: totals(6, 150, 7_077, 554),
    complete: totals(4, 118, 5_980, 424),
    senior: totals(4, 58, 2_784, 194),
    vocational: totals(1, 40, 1_780, 90),
    layout: COUNTY,
};

impl Profile {
    /// The names of all profiles.
    pub const NAMES: [&'static str; 13] = [
        "tiny",
        "wulong",
        "jiangjin",
        "jiangjin-2021",
        "jiangyang",
        "liangping",
        "shapingba",
        "small",
        "county",
        "district",
        "city",
        "region",
        "metropolis",
    ];

    /// The profile of that name.
    pub fn named(name: &str) -> Option<Self> {
        let drawn = |teachers, sites| Source::Drawn(Scale { teachers, sites });
        let planned = |name, district, code| {
            let source = Planned::named(name).map(Source::Planned);
            source.map(|source| (name, district, code, source))
        };
        let county = |percent| Source::Drawn(Scale::county(percent));
        let (name, district, code, source) = match name {
            "tiny" => ("tiny", "示例县", "500999", Source::Handmade),
            "wulong" => ("wulong", "武隆区", "500156", Source::Published(WULONG)),
            "jiangjin" => planned("jiangjin", "江津区", "500116")?,
            "jiangjin-2021" => planned("jiangjin-2021", "江津区", "500116")?,
            "jiangyang" => planned("jiangyang", "江阳区", "510502")?,
            "liangping" => planned("liangping", "梁平区", "500155")?,
            "shapingba" => planned("shapingba", "沙坪坝区", "500106")?,
            "small" => ("small", "某小县", "500997", county(20)),
            "county" => ("county", "某县", "500998", county(100)),
            // About 8,000 teachers at 150 schools, 20,000 at 350, 50,000 at 900, 100,000 at 1,800.
            "district" => ("district", "某区", "500996", drawn(267, 230)),
            "city" => ("city", "某市", "500995", drawn(667, 540)),
            "region" => ("region", "某地区", "500994", drawn(1_667, 1_385)),
            "metropolis" => ("metropolis", "某大市", "500993", drawn(3_333, 2_770)),
            _ => return None,
        };
        let (year, data_date) = match source {
            // The plan's last year, whose pupils it forecasts.
            Source::Planned(Planned::Jiangjin) => (2025, "2025-05-31"),
            // The figures with which the plans of 2021 to 2025 begin are those of 2020; the first
            // school year that they can shape begins in autumn 2021.
            Source::Planned(_) => (2021, "2021-05-31"),
            // The totals published in November 2021 are those of the school year 2021/22. Its
            // roster, at the end of May 2022, is what the plan of autumn 2022 is made from.
            _ => (2022, "2022-05-31"),
        };
        Some(Self {
            name,
            district,
            code,
            year_begin: Month::new(year, 9).expect("September exists"),
            data_date,
            source,
        })
    }
}

impl Sizes {
    /// A county near Wulong: 2,500 to 3,500 teachers, 55 to 75 schools and sites, with Wulong's
    /// pupils a class and teachers a class, give or take some; or so much more or less of that.
    pub(super) fn drawn(chance: &mut Chance, scale: Scale) -> Self {
        let scaled = |count: u32| (count * scale.sites).div_ceil(100);
        let layout = scale.layout();
        let teachers = scale.teachers(chance);
        let of = |permille: u32| teachers * permille / 1_000;
        let primary_teachers = of(583);
        let primary_classes = primary_teachers * 100 / chance.between(290, 306) as u32;
        let independent = scaled(chance.between(5, 7) as u32);
        let complete = scaled(4);
        let vocational = layout.seats;
        let others = independent + complete + vocational;
        let (low, high) = scale.classes_per_site();
        let primary_sites = (primary_classes * 10 / chance.between(low, high) as u32)
            .clamp(scaled(55) - others, scaled(75) - others);
        let size = |chance: &mut Chance, classes: u32, low: i32, high: i32| {
            classes * chance.between(low, high) as u32 / 10
        };
        let junior_teachers = of(183);
        let complete_teachers = of(140);
        let senior_teachers = of(64);
        let vocational_teachers =
            teachers - primary_teachers - junior_teachers - complete_teachers - senior_teachers;
        let junior_classes = junior_teachers * 100 / 369;
        let complete_classes = complete_teachers * 100 / 359;
        let senior_classes = senior_teachers * 100 / 334;
        let vocational_classes = vocational_teachers * 100 / 225;
        Self {
            // A school of the upper stages has a town of its own.
            towns: scaled(chance.between(10, 14) as u32).max(6),
            primary: totals(
                primary_sites,
                primary_classes,
                size(chance, primary_classes, 332, 352),
                primary_teachers,
            ),
            junior: totals(
                independent,
                junior_classes,
                size(chance, junior_classes, 462, 480),
                junior_teachers,
            ),
            complete: totals(
                complete,
                complete_classes,
                size(chance, complete_classes, 495, 510),
                complete_teachers,
            ),
            senior: totals(
                complete,
                senior_classes,
                senior_classes * 48,
                senior_teachers,
            ),
            vocational: totals(
                vocational,
                vocational_classes,
                vocational_classes * 445 / 10,
                vocational_teachers,
            ),
            layout,
        }
    }
}
