//! The kinds: the sentence an administrator would say, the formula, an example.

use super::Key;
use super::parameters::{
    AVOIDANCE, COUNT, COUPLES, COVERAGE, DISPARITY, ELIGIBILITY, PER_PUPIL, PREFERENCE, RATIO,
    REACH, STABILITY, TRAVEL, TURNS,
};

/// A kind of rule on the page.
pub(super) struct KindPage {
    /// The word in the file.
    pub(super) name: &'static str,
    /// The word on paper.
    pub(super) title: &'static str,
    /// As an administrator would say it.
    pub(super) sentence: &'static str,
    /// In English.
    pub(super) sentence_english: &'static str,
    /// What is reckoned.
    pub(super) formula: &'static str,
    /// In English.
    pub(super) formula_english: &'static str,
    /// Its keys.
    pub(super) keys: &'static [Key],
    /// Rules in TOML, each of which reads as this kind.
    pub(super) example: &'static str,
}

/// The kinds.
pub(super) const KINDS: [KindPage; 14] = [
    KindPage {
        name: "eligibility",
        title: "资格条件",
        sentence: "在同一学校连续任教满六年的符合交流条件；距退休不足五年的暂缓。",
        sentence_english: "Six years in the same school make a teacher eligible for exchange; those \
                           within five years of retirement are deferred.",
        formula: "某人可以某种形式流动，当且仅当：符合每一条 `require`，且不在任何 `defer`、`forbid` 之列。\
                  被 `must` 选中而又可以流动的人，不得留任；\
                  没有一种形式可以安排的计为未满足。资格条件只决定可选项，不看 `enforcement`。",
        formula_english: "Somebody may move in a form if every `require` chooses him or her and no \
                          `defer` or `forbid` does. Whom a `must` chooses does not stay, where any move \
                          is possible; whoever may be placed in no form counts as missed. The kind decides what may be chosen, whatever the `enforcement`.",
        keys: ELIGIBILITY,
        example: "[rule.young-stay]\nkind = \"eligibility\"\ntitle = \"入职不满三年的暂缓\"\nform = \"交流\"\n\
                  effect = \"defer\"\nwho = { service_years_below = 3 }\nprinted = \"符合暂缓条件\"\n",
    },
    KindPage {
        name: "reach",
        title: "流动范围",
        sentence: "由派出学校到受援学校；单程不超过60分钟，有周转宿舍或本人自愿的除外。",
        sentence_english: "From sending to receiving schools; at most sixty minutes one way, unless the \
                           school has flats for teachers or the teacher wishes to go.",
        formula: "规则所针对的每一个流动，须同时满足所写的各项。除流动范围和资格条件外，任何规则都不得减少可选项。\
                  已由组织决定的流动不受限制。",
        formula_english: "Every move of which the rule speaks fulfils all keys given. Nothing but reach \
                          and eligibility cuts options. Decided moves are not limited.",
        keys: REACH,
        example: "[rule.near]\nkind = \"reach\"\ntitle = \"女教师单程不超过40分钟\"\nwho = { sex = \"女\" }\n\
                  max_minutes = 40\nunless = [\"dormitory\", \"consent\"]\n",
    },
    KindPage {
        name: "count",
        title: "人数",
        sentence: "每年从城镇派出学校交流50人；每校一次派出不超过15%；每校至少一名心理健康教师。",
        sentence_english: "Fifty a year from sending schools; at most 15% leave one school; every school \
                           has a teacher of psychology.",
        formula: "在范围内的每一处：下限 ≤ 人数 ≤ 上限。代价 = 权重 ×（不足人数 + 超出人数）。\
                  份额的基数不随方案变化。招聘的教师按学段、学科和渠道的 `profile` 计入，不明的不计。",
        formula_english: "In each place of the scope: lower ≤ count ≤ upper. Cost = weight × (persons \
                          short + persons too many). The base of a share is a constant. Recruits count \
                          by stage, subject and the lever's `profile`, where these are enough to say.",
        keys: COUNT,
        example: "[rule.fifty]\nkind = \"count\"\ntitle = \"每年交流50人\"\nof = \"moves\"\n\
                  who = { stage = [\"小学\", \"初中\"] }\nfrom = { sending = true }\n\
                  to = { any_of = [{ zone = \"乡村\" }, { receiving = true }] }\nexactly = 50\n\n\
                  [rule.leave]\nkind = \"count\"\ntitle = \"每校一次派出不超过15%（至少可1人）\"\n\
                  of = \"moves\"\nscope = \"school\"\n\
                  at_most = { share = \"15%\", of = \"teachers\", minimum = 1 }\n\n\
                  [rule.leave.at.S059]\nat_most = 5\n",
    },
    KindPage {
        name: "ratio",
        title: "比例",
        sentence: "交流教师中骨干教师不低于20%；专业课教师中双师型不低于85%。",
        sentence_english: "At least 20% of those exchanged are backbone teachers; at least 85% of the \
                           programme teachers are dual-qualified.",
        formula: "分子 ÷ 分母 ≥ p/q 写作 q·分子 − p·分母 ≥ 0；代价 = 权重 × 不足量 ÷ q。分母为零视为达标。\
                  “认定双师型”（certify）只对全域范围、分子写 `dual_qualified = true` 的任教教师比例起作用。",
        formula_english: "numerator ÷ denominator ≥ p/q is held as q·numerator − p·denominator ≥ 0; cost = \
                          weight × shortfall ÷ q. Nobody at all is no fault. The certify lever helps \
                          ratios of teachers over the district whose numerator says \
                          `dual_qualified = true`.",
        keys: RATIO,
        example: "[rule.backbone]\nkind = \"ratio\"\ntitle = \"交流教师中骨干教师不低于20%\"\n\
                  enforcement = \"floor\"\nlevel = \"floors\"\nof = \"moves\"\n\
                  numerator = { backbone_at_least = \"区县级\" }\nat_least = \"20%\"\n",
    },
    KindPage {
        name: "per_pupil",
        title: "生均师资",
        sentence: "每校每百名学生，高于规定学历的教师不少于4.2人，区县级以上骨干不少于1人，体育、艺术教师不少于0.9人；\
                   各项指标至多一项不达标，且不低于标准的85%。",
        sentence_english: "For each hundred pupils a school has 4.2 teachers above the prescribed degree, \
                           one backbone teacher and 0.9 of sports and arts; it may fail one of all \
                           indicators, and keeps 85% of that one.",
        formula: "每所学校的每个学段（学生数不少于 `pupils_at_least`）、每项指标：人数 ≥ ⌈标准 × 学生数 ÷ 100⌉。\
                  `may_fail = 1` 时可有一项只按 `floor_of_failed` 折减后的标准，取所缺人数最少的一项；\
                  学校表“其他未达标指标数”大于零的，已用去这一项。代价 = 权重 × 所缺人数之和。\
                  九年一贯制、完全中学、十二年一贯制按学段分别计算：名册已有分学段的学生数和教师，不需要业务系统的\
                  折算比例（1:1.1、1:1.2、1:1.1:1.32）。招聘的教师按学段、学科和渠道的 `profile` 计入，不明的不计。\
                  小学的“高于规定学历”按业务系统口径从专科算起，初中从本科算起。",
        formula_english: "In every stage of a school with at least `pupils_at_least` pupils, for every \
                          indicator: persons ≥ ⌈threshold × pupils ÷ 100⌉. With `may_fail = 1` one of \
                          them need only reach `floor_of_failed` of its threshold, whichever leaves \
                          fewest persons missing; a school whose column `failed_indicators` is above \
                          zero has used this up. Cost = weight × persons missing. Combined schools are \
                          one record for each stage: rosters have pupils and teachers by stage, so the \
                          statistics' weights (1:1.1, 1:1.2, 1:1.1:1.32) are not needed. Recruits count \
                          by stage, subject and the lever's `profile`, where these are enough to say. Above the prescribed degree means \
                          专科 and above in primary schools, 本科 and above in junior ones.",
        keys: PER_PUPIL,
        example: "[rule.arts]\nkind = \"per_pupil\"\ntitle = \"每百名学生体育艺术教师不少于0.9人\"\n\
                  enforcement = \"floor\"\nlevel = \"floors\"\nmay_fail = 1\nfloor_of_failed = \"85%\"\n\
                  indicators = [\n    { name = \"区县级以上骨干\", stage = [\"小学\", \"初中\"], \
                  who = { backbone_at_least = \"区县级\" }, at_least = 1 },\n    { name = \"体育艺术\", \
                  stage = [\"小学\", \"初中\"], who = { subject = [\"体育\", \"音乐\", \"美术\"] }, \
                  at_least = 0.9 },\n]\n",
    },
    KindPage {
        name: "disparity",
        title: "校际差异",
        sentence: "各校每百名学生拥有的教师，差异系数小学不超过0.50、初中不超过0.45；或者尽量小。",
        sentence_english: "Between schools the coefficient of variation of teachers for each hundred pupils \
                           is at most 0.50 in primary, 0.45 in junior stages; or as small as can be.",
        formula: "X = 100 × 教师数 ÷ 学生数，X̄ = 全域教师数 ÷ 全域学生数 × 100，差异系数 = \
                  √(Σ (学生数 ÷ 全域学生数)(X − X̄)²) ÷ X̄。界限（hard、floor）逐条用与界限相切的直线表示，\
                  方案若越界就再加一条，并加各校人数平方和的一行，重新求解，至多30轮；教师总数变化时同样准确。底线（floor）的代价 = 权重 × \
                  √(Σ学生数 × Σ 教师数² ÷ 学生数) 超出 √(1 + 界限²) × 教师总数的部分，按0.1人进位。\
                  优化目标（objective）的代价 = 权重 × Σ (教师数 − 应有数)² ÷ 应有数（减去取整后的最小值），应有数按\
                  现有总数和学生数分配：总数不变时，这就是总数 × 差异系数²，与现有人数或应有数相差24人以内逐人准确；\
                  总数会变（招聘、转任学科、跨学段）时是近似，复核和报告总按实际总数计算差异系数。\
                  `composite` 是同一学段各项系数与其余指标系数（本局填写）的平均，即综合差异系数，可作界限（hard、floor）\
                  或优化目标（objective，代替各项）：系数是有理数的精确比较，否则取九位小数、进位；底线和目标的代价 = 权重 × \
                  平均数超出界限（目标为0）的部分，每千分之一折1人，按万分之一进位。总数会变时，直线只按所能达到的总数说明界限，\
                  方案仍逐个精确复核，证明不了的如实写作未证明。",
        formula_english: "X = 100 × teachers ÷ pupils of a school, X̄ the same over the district, coefficient = \
                          √(Σ (pupils ÷ all pupils)(X − X̄)²) ÷ X̄. A limit (hard, floor) is told by lines \
                          that touch it; where a plan is beyond it, one more is added and the year is solved \
                          again, thirty times at most. This is exact also where totals change. A floor costs \
                          weight × what √(all pupils × Σ teachers² ÷ pupils) is above √(1 + limit²) × all \
                          teachers, rounded up to tenths of a person. An objective costs weight × Σ (teachers \
                          − share)² ÷ share (less the least that whole persons allow), the share being that \
                          of the present total by pupils: as long as totals stay, this is the total × \
                          coefficient², exact to the person within 24 of the present number or the share; \
                          where they change (recruits, changes of subject or stage) it is near. Reports and \
                          the audit always take the true coefficient. `composite` is the mean of a stage's \
                          coefficients and of others that the office gives. It can be a limit (hard, floor) \
                          or the objective, then in place of its indicators: compared exactly where \
                          coefficients are fractions, else taken to nine digits, rounded up. A floor and an \
                          objective cost weight × one person for each thousandth of the mean above the limit \
                          (of an objective: above nothing), counted in ten-thousandths, rounded up. Where \
                          totals change, lines know no more than what totals can be; plans are measured \
                          exactly all the same, and what is not proven is said not to be.",
        keys: DISPARITY,
        example: "[rule.even]\nkind = \"disparity\"\ntitle = \"体育艺术教师差异系数\"\n\
                  enforcement = \"floor\"\nlevel = \"floors\"\nindicators = [\n    { name = \"体育艺术\", \
                  stage = \"小学\", who = { subject = [\"体育\", \"音乐\", \"美术\"] }, at_most = 0.5 },\n    \
                  { name = \"体育艺术\", stage = \"初中\", who = { subject = [\"体育\", \"音乐\", \"美术\"] }, \
                  at_most = 0.45 },\n]\n\n\
                  [rule.composite]\nkind = \"disparity\"\ntitle = \"综合差异系数\"\n\
                  enforcement = \"report\"\nindicators = [{ name = \"骨干\", stage = \"小学\", \
                  who = { backbone_at_least = \"区县级\" } }]\n\
                  composite = [{ stage = \"小学\", others = [0.31, 0.28], at_most = 0.25 }]\n",
    },
    KindPage {
        name: "coverage",
        title: "学科缺额",
        sentence: "学科岗位有人任教；村小缺一名音乐教师比城里缺一名更要紧。",
        sentence_english: "Posts are covered; a person missing in music at a village school weighs more \
                           than one in town.",
        formula: "代价 = Σ 岗位 权重 × 系数之积 × max(0, 需求 − 任教人数)。必须满足（hard）时：任教人数 ≥ 需求。",
        formula_english: "Cost = Σ over posts of weight × product of factors × max(0, need − staff). Where \
                          hard: staff ≥ need.",
        keys: COVERAGE,
        example: "[rule.cover]\nkind = \"coverage\"\ntitle = \"学科岗位有人任教\"\n\
                  enforcement = \"objective\"\nlevel = \"teaching\"\n\
                  emphasis = [{ to = { zone = \"乡村\" }, factor = 1.5 }, { subject = [\"音乐\", \"美术\"], factor = 1.4 }]\n",
    },
    KindPage {
        name: "surplus",
        title: "学科超需",
        sentence: "避免学科岗位人数超出需求。",
        sentence_english: "Nobody stands where there is no need.",
        formula: "代价 = Σ 岗位 权重 × 系数之积 × max(0, 任教人数 − 需求)。键与“学科缺额”相同。",
        formula_english: "Cost = Σ over posts of weight × product of factors × max(0, staff − need). The \
                          keys are those of coverage.",
        keys: COVERAGE,
        example: "[rule.idle]\nkind = \"surplus\"\ntitle = \"避免学科岗位人数超出需求\"\n\
                  enforcement = \"objective\"\nlevel = \"people\"\nweight = 0.2\nstage = \"初中\"\n",
    },
    KindPage {
        name: "travel",
        title: "路程",
        sentence: "路程尽量短。",
        sentence_english: "Short ways.",
        formula: "代价 = 权重 × Σ 流动 max(0, 单程分钟 − 免计分钟)；已决定的流动不计。不能必须满足（hard）。",
        formula_english: "Cost = weight × Σ over moves of max(0, minutes of one way − free minutes); \
                          decided moves are free. Cannot be hard.",
        keys: TRAVEL,
        example: "[rule.short-ways]\nkind = \"travel\"\ntitle = \"路程尽量短，半小时以内不计\"\n\
                  enforcement = \"objective\"\nlevel = \"people\"\nweight = 0.005\nfree_minutes = 30\n",
    },
    KindPage {
        name: "stability",
        title: "队伍稳定",
        sentence: "非自愿交流至少要多解决半个人的缺口；尽量不动班主任；刚送走毕业班的教师优先交流。",
        sentence_english: "An involuntary move must bring at least half a person; class teachers stay \
                           where it costs little; those go first whose class has just left school.",
        formula: "代价 = 权重 × 符合的流动数；已决定的不计。不能必须满足（hard）。",
        formula_english: "Cost = weight × number of moves that match; decided moves are free. Cannot be \
                          hard.",
        keys: STABILITY,
        example: "[rule.worth]\nkind = \"stability\"\ntitle = \"非自愿交流至少要多解决半个人的缺口\"\n\
                  enforcement = \"objective\"\nlevel = \"teaching\"\nweight = 0.5\ninvoluntary = true\n\
                  \n# 刚送走毕业班的教师优先交流：动其他人各有代价。国家口径的 keep-graduating 与此相反，须同时停用\n\
                  [rule.released-first]\nkind = \"stability\"\ntitle = \"刚送走毕业班的教师优先交流\"\n\
                  enforcement = \"objective\"\nlevel = \"people\"\nweight = 0.3\n\
                  form = [\"交流\", \"调动\", \"支教\"]\nwho = { graduating_grade = false }\n",
    },
    KindPage {
        name: "preference",
        title: "个人志愿",
        sentence: "尽量满足志愿。",
        sentence_english: "Wishes are granted where they can be.",
        formula: "代价 = 权重 × Σ 有志愿者 该人去向的一项成本。不能必须满足（hard）。",
        formula_english: "Cost = weight × Σ over those with wishes of the cost of where they go. Cannot be \
                          hard.",
        keys: PREFERENCE,
        example: "[rule.grant]\nkind = \"preference\"\ntitle = \"尽量满足志愿\"\n\
                  enforcement = \"objective\"\nlevel = \"people\"\nby_rank = [0, 0.1, 0.2]\n\
                  not_granted = 0.3\nelsewhere = 0.6\n",
    },
    KindPage {
        name: "couples",
        title: "夫妻照顾",
        sentence: "夫妻双方尽量在同一乡镇任教；两人都须安置的，尽量安置在一处。",
        sentence_english: "Husband and wife serve in one town where it can be; where both are placed anew, \
                           together.",
        formula: "代价 = 权重 × 双方都任教而不在一处的对数。只计花名册中互为配偶的两人。不能必须满足（hard）。",
        formula_english: "Cost = weight × couples of whom both give lessons, and not in one \
                          neighbourhood. Only those count who stand in the roster as each other's \
                          spouses. Cannot be hard.",
        keys: COUPLES,
        example: "[rule.together]\nkind = \"couples\"\ntitle = \"夫妻双方尽量在同一乡镇任教\"\n\
                  enforcement = \"objective\"\nlevel = \"people\"\nweight = 0.3\nwithin = \"town\"\n",
    },
    KindPage {
        name: "avoidance",
        title: "任职回避",
        sentence: "有回避关系的亲属，一方担任中层正职以上职务的，另一方不安排到同一单位。",
        sentence_english: "Nobody is sent to a unit where a relative holds an office.",
        formula: "每对亲属（一方任所列职务）、每个单位：两人中至多一人在该单位任教；原已同在一个单位的不变。\
                  代价 = 权重 × 违反的对数。",
        formula_english: "For each pair of relatives of whom one holds an office named, in each unit: at \
                          most one of the two; those who are in one unit already may stay. Cost = weight × \
                          pairs brought together.",
        keys: AVOIDANCE,
        example: "[rule.relatives]\nkind = \"avoidance\"\ntitle = \"任职回避\"\n\
                  office = [\"正校级\", \"副校级\", \"中层正职\"]\n",
    },
    KindPage {
        name: "turns",
        title: "轮流",
        sentence: "交流轮流进行：同校还有符合条件而从未交流的人留任时，不再派出已交流过的人；自愿的除外。",
        sentence_english: "Exchanges go by turns: nobody is sent again while an eligible colleague of the \
                           school who never was stays; volunteers go all the same.",
        formula: "范围内的每一处：再次派出的人数与留任的从未交流者人数，二者必有其一为零；代价 = 权重 × 二者中较小的一个，\
                  即本可由从未交流者替下的人数。再次派出：交流次数至少为1，由方案以所列形式派出的人；已定事项和锁定“派往”不受\
                  质疑、不计代价，只如实报告；`volunteers = true` 时，到本人志愿学校的也不计。从未交流者：交流次数为0、符合所列\
                  某种形式的条件、当年可以派出（没有被锁定留任、未获推荐等情形），并且不以任何形式到他校。交流次数不详的人\
                  两边都不计，人数写在结果里；都不详的写“不涉及”，不作为达标。",
        formula_english: "In each place of the scope: of those sent again and of those who stay and never \
                          were sent, one is nobody; cost = weight × the smaller of the two numbers, which \
                          is how many could have been spared by sending a colleague. Sent again: with one \
                          exchange or more, by the plan, in these forms. Decisions and locks to go are not \
                          questioned, only told; with `volunteers = true`, nor is whoever goes where he or \
                          she wishes. Never sent: none so far, eligible in one of the forms and free to go \
                          this year (no lock to stay, nominated where the school nominates), and moving to \
                          no other school in any form. Whose exchanges are not known is on neither side, \
                          and their number is told; where nobody's are, the rule says 不涉及.",
        keys: TURNS,
        example: "[rule.by-turns]\nkind = \"turns\"\ntitle = \"交流轮流进行，未交流者先行\"\n\
                  enforcement = \"objective\"\nlevel = \"people\"\nweight = 0.5\nscope = \"school-stage\"\n",
    },
];
