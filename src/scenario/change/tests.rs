//! Every word and what is said of it.

use toml::Value;

use super::*;

#[test]
fn every_word_is_read_again_from_its_own_text() {
    let texts = [
        ("set", "rotation-quota.exactly=80"),
        ("set", "coverage.emphasis=[\"音乐\", \"心理\"]"),
        ("without", "reach-minutes"),
        ("lock", "T00223=留任"),
        ("lock", "T00223=派往:S059:交流"),
        ("lock", "T00223=不派往:S059"),
        ("lock", "T00223=限定形式:交流"),
        ("override", "T00223=派往:S059:调动"),
        ("unlock", "T00223"),
        ("unlock", "T00223=派往:S059:交流"),
        ("absent", "T00223"),
        ("leave", "王芳"),
        ("recruit", "S059:小学:音乐:2"),
        ("decline", "公开招聘:S059:小学:音乐:2"),
        ("classes", "S059:小学:3=+1"),
        ("classes", "全区:小学=-40"),
        ("open", "城南初中:S059:初中:24"),
        ("close", "S059"),
        ("close", "S059:S060"),
    ];
    for (word, text) in texts {
        let change = Change::parse(word, text).unwrap();
        assert_eq!((change.word(), change.text().as_str()), (word, text));
    }
    let quota = Change::parse("set", " a.share = 10% ").unwrap();
    assert_eq!(quota, Change::set("a.share", Value::String("10%".into())));
    for (word, wide, text) in [
        ("set", "a.share＝10％", "a.share=\"10%\""),
        ("set", "a.title＝甲：乙", "a.title=\"甲：乙\""),
        ("lock", "T1＝派往：S1：交流", "T1=派往:S1:交流"),
        ("classes", "S1：小学：3＝－1", "S1:小学:3=-1"),
    ] {
        assert_eq!(Change::parse(word, wide).unwrap().text(), text);
    }
    let count = Change::parse("recruit", "S1:小学:音乐").unwrap();
    assert!(matches!(count, Change::Recruit { count: 1, .. }));
}

#[test]
fn what_cannot_be_read_is_refused_with_the_way_to_write_it() {
    let texts = [
        ("set", "exactly=80"),
        ("set", "a.b="),
        ("set", "a..b=1"),
        ("without", " "),
        ("lock", "T1"),
        ("lock", "T1=派往"),
        ("lock", "T1=留任:S1"),
        ("lock", "T1=派往:S1:步行"),
        ("lock", "T1=限定形式"),
        ("override", "T1=留任"),
        ("override", "T1=派往:S1"),
        ("override", "T1=派往:S1:支教"),
        ("unlock", "T1=派往"),
        ("recruit", "S1:音乐"),
        ("recruit", "S1:小学:音乐:0"),
        ("decline", "S1:小学:音乐"),
        ("decline", ":S1:小学:音乐"),
        ("decline", "a:S1:小学:音乐:0"),
        ("classes", "S1:小学=0"),
        ("classes", "S1:小学:13=+1"),
        ("classes", "S1:大学=+1"),
        ("open", "新校:S1:初中"),
        ("open", "新校:S1:初中:0"),
        ("close", "S1:"),
        ("fire", "T1"),
    ];
    for (word, text) in texts {
        let fault = Change::parse(word, text).unwrap_err();
        assert!(fault.message.contains(text), "{fault}");
    }
}
