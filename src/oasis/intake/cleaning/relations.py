"""What the person is to the child: 爷爷 is 61, as in GB/T 4761."""

from oasis.kit.codes import Care, Relation

from .text import Unclear, tight

WORDS = {
    Relation.FATHER: "父亲 父 爸爸 爸 父子 父女 生父 亲生父亲",
    Relation.MOTHER: "母亲 母 妈妈 妈 母子 母女 生母 亲生母亲",
    Relation.STEPFATHER: "继父 养父 后父 继父或养父",
    Relation.STEPMOTHER: "继母 养母 后母 继母或养母",
    Relation.GRANDFATHER: "爷爷 祖父 爷 阿公 公公 爷孙 大爷爷 太爷爷 曾祖父",
    Relation.GRANDMOTHER: "奶奶 祖母 奶 阿婆 婆婆 奶孙 太奶奶 曾祖母",
    Relation.MOTHERS_FATHER: "外公 外祖父 姥爷 姥姥爷 公爷 家公 外爷",
    Relation.MOTHERS_MOTHER: "外婆 外祖母 姥姥 家婆 外奶 姥娘",
    Relation.ELDER_BROTHER: "哥哥 哥 兄 兄长 堂哥 表哥 大哥 二哥",
    Relation.YOUNGER_BROTHER: "弟弟 弟",
    Relation.ELDER_SISTER: "姐姐 姐 堂姐 表姐 大姐 二姐",
    Relation.YOUNGER_SISTER: "妹妹 妹",
    Relation.FATHERS_ELDER_BROTHER: "伯父 伯伯 大伯 伯 大爷 大爹 二伯 三伯",
    Relation.ELDER_BROTHERS_WIFE: "伯母 大妈 大娘 大妈妈",
    Relation.FATHERS_YOUNGER_BROTHER: "叔父 叔叔 叔 小叔 大叔 叔侄 二叔 三叔",
    Relation.YOUNGER_BROTHERS_WIFE: "婶母 婶婶 婶 婶子 婶娘",
    Relation.MOTHERS_BROTHER: "舅父 舅舅 舅 大舅 小舅 舅甥 二舅 三舅",
    Relation.MOTHERS_BROTHERS_WIFE: "舅母 舅妈 舅娘 妗子",
    Relation.MOTHERS_SISTERS_HUSBAND: "姨父 姨夫 姨丈",
    Relation.MOTHERS_SISTER: "姨母 姨妈 姨 小姨 大姨 姨娘 阿姨 二姨 三姨",
    Relation.FATHERS_SISTERS_HUSBAND: "姑父 姑夫 姑丈",
    Relation.FATHERS_SISTER: "姑母 姑姑 姑妈 姑 大姑 小姑 姑娘 二姑 三姑",
    Relation.OTHER_KIN: "其他亲属 亲属 亲戚 其他亲戚 堂兄弟 表兄弟",
    Relation.NOT_KIN: "非亲属 邻居 朋友 其他 老师 教师 同村 无",
}
RELATIONS = frozenset(Relation.values)  # Django gathers .values anew at each touch
KNOWN = {word: relation.value for relation, said in WORDS.items() for word in said.split()}
# A word for several leaves open who it is, and yet tells of what kind.
SEVERAL = {
    word: kind.value
    for kind, said in {
        Care.GRANDPARENTS: "祖父母 祖孙 隔代 爷奶 祖父母或外祖父母 爷爷奶奶 祖辈 外祖父母 外公外婆 60 祖父祖母",
        Care.SIBLINGS: "兄弟姐妹 兄弟 姐妹 姐弟 兄妹 70 同胞",
        Care.PARENTS: "父母 双亲 爸妈 爸爸妈妈 父亲母亲 50",
    }.items()
    for word in said.split()
}
ANYBODY = "家长"


def relation(text: str) -> str:
    """Give the two digits; a word that leaves open who of several it is gives the kind of care these are: 祖孙."""
    kept = tight(text).strip("()")
    bare = kept.split("(")[0].split("/")[0]
    for word in (kept, bare, bare.lstrip("0123456789"), bare.removeprefix("其").removesuffix("关系")):
        if word in KNOWN:
            return KNOWN[word]
    if bare.isdigit() and bare in RELATIONS:
        return bare
    if bare in SEVERAL:
        return SEVERAL[bare]
    if bare == ANYBODY:
        raise Unclear("与学生关系只写了“家长”，没有写明是谁，请补上。")
    raise Unclear(f"与学生关系“{bare[:20]}”不能识别，暂记为其他亲属，请核对。", Relation.OTHER_KIN.value)
