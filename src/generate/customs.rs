//! What differs from one kind of district to another, beside its sizes.

/// Shares that a district's people are drawn with. Unless said otherwise in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Customs {
    /// Establishment of primary schools before it is fitted: thousandths of a person for each pupil
    /// in ten thousandths, and at least for each class.
    pub(super) primary_entitlement: (u64, u64),
    /// In service against establishment in 城区, 镇区, 乡村: from, and so much wider.
    pub(super) service: [(u64, u64); 3],
    /// Compulsory sites with a full-time psychologist, in percent.
    pub(super) psychologists_percent: usize,
    /// 骨干 of the county's level and above.
    pub(super) backbone: usize,
    /// How 骨干 bunch by zone: junior schools, and all others.
    pub(super) backbone_zones: [[u64; 3]; 2],
    /// How unevenly they are spread within a zone.
    pub(super) backbone_spread: (u64, u64),
    /// 硕士, 本科, 专科, 中专 in primary, junior and senior schools and in kindergartens.
    pub(super) degrees: [[u64; 4]; 4],
    /// 正高级, 高级, 一级, 二级, 三级, none.
    pub(super) titles: [u64; 6],
    /// Exchanges that run at the date of the data, of the compulsory stages' teachers.
    pub(super) exchanges: usize,
    /// 双师型 among 专业课教师.
    pub(super) dual_qualified: usize,
    /// Dual-qualified teachers who reach their age between the date of the data and the new year.
    pub(super) dual_retiring: usize,
    /// Ways from the seat that would take longer than this are not measured.
    pub(super) measured_minutes: u32,
    /// Teachers with wishes: so many persons for every so many teachers, and once at least.
    pub(super) wishing: (usize, usize),
    /// Teachers of public kindergartens, with those hired outside the establishment (外聘), in percent
    /// of two a class; 0 where nobody is hired.
    pub(super) hired_carers_percent: u32,
    /// Teachers of kindergartens without a certificate.
    pub(super) uncertified_carers: u32,
    /// What the office has decided leads to schools of the same 学区.
    pub(super) within_clusters: bool,
    /// Whether the office registers months of practice in enterprises.
    pub(super) registers_practice: bool,
    /// Whether it registers posts of titles.
    pub(super) registers_titles: bool,
    /// Establishment of the whole district, where it is published.
    pub(super) establishment: Option<u32>,
}

/// Degrees of senior schools and of kindergartens where nothing is published.
pub(super) const SENIOR_DEGREES: [u64; 4] = [100, 885, 15, 0];
/// See [`SENIOR_DEGREES`].
pub(super) const CARERS_DEGREES: [u64; 4] = [0, 450, 520, 30];

/// A county like Wulong.
pub(super) const COUNTY: Customs = Customs {
    primary_entitlement: (150, 2_620),
    service: [(970, 90), (930, 120), (900, 200)],
    psychologists_percent: 20,
    backbone: 100,
    // The published figure of junior schools is half as high again: there the seat has nearly all
    // of them.
    backbone_zones: [[21 * 21, 9 * 9, 4 * 4], [21, 9, 4]],
    backbone_spread: (350, 1_650),
    degrees: [
        [8, 655, 300, 37],
        [30, 862, 108, 0],
        SENIOR_DEGREES,
        CARERS_DEGREES,
    ],
    titles: [1, 120, 400, 380, 55, 44],
    exchanges: 22,
    // Below the 85% that Chongqing's districts plan, so that the floor binds.
    dual_qualified: 800,
    dual_retiring: 0,
    // No county has longer ones, several seats lie farther apart.
    measured_minutes: 150,
    // Sixty in a county, as many for each further county's worth of teachers.
    wishing: (60, 3_600),
    hired_carers_percent: 0,
    uncertified_carers: 0,
    within_clusters: false,
    registers_practice: false,
    registers_titles: false,
    establishment: None,
};
