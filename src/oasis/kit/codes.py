"""Official code lists used on many floors (domain.md 3); data, with their standards named."""

from django.db import models

ETHNIC = [
    "汉",
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
]
ETHNIC_CODES: dict[str, str] = {name: f"{n:02d}" for n, name in enumerate(ETHNIC, 1)}  # GB/T 3304
ETHNIC_CHOICES = [(f"{n:02d}", f"{name}族") for n, name in enumerate(ETHNIC, 1)] + [("97", "其他"), ("98", "外国血统")]


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    MALE = "1", "男"
    FEMALE = "2", "女"


class Relation(models.TextChoices):
    """Relation to the child, GB/T 4761 two digits (domain.md 3.3)."""

    FATHER = "51", "父亲"
    MOTHER = "52", "母亲"
    STEPFATHER = "57", "继父或养父"
    STEPMOTHER = "58", "继母或养母"
    GRANDFATHER = "61", "爷爷"
    GRANDMOTHER = "62", "奶奶"
    MOTHERS_FATHER = "63", "外公"
    MOTHERS_MOTHER = "64", "外婆"
    ELDER_BROTHER = "71", "哥哥"
    YOUNGER_BROTHER = "73", "弟弟"
    ELDER_SISTER = "75", "姐姐"
    YOUNGER_SISTER = "77", "妹妹"
    FATHERS_ELDER_BROTHER = "81", "伯父"
    ELDER_BROTHERS_WIFE = "82", "伯母"
    FATHERS_YOUNGER_BROTHER = "83", "叔父"
    YOUNGER_BROTHERS_WIFE = "84", "婶母"
    MOTHERS_BROTHER = "85", "舅父"
    MOTHERS_BROTHERS_WIFE = "86", "舅母"
    MOTHERS_SISTERS_HUSBAND = "87", "姨父"
    MOTHERS_SISTER = "88", "姨母"
    FATHERS_SISTERS_HUSBAND = "89", "姑父"
    FATHERS_SISTER = "90", "姑母"
    OTHER_KIN = "97", "其他亲属"
    NOT_KIN = "99", "非亲属"


PARENTS = frozenset({"51", "52", "57", "58"})
GRANDPARENTS = frozenset({"61", "62", "63", "64"})
ELDER_KIN = frozenset({"81", "82", "83", "84", "85", "86", "87", "88", "89", "90"})
SIBLINGS = frozenset({"71", "73", "75", "77"})
OPEN_KIN = frozenset({"97", "99"})  # tells nobody who it is


class LeftBehind(models.IntegerChoices):
    """Whether parents are away, by the education system's definition (domain.md 3.1): more than three months."""

    NO = 0, "非留守"
    ONE = 1, "一方外出"
    BOTH = 2, "双方外出"


class CivilReason(models.TextChoices):
    """Why a child counts by civil affairs' definition: under 16, rural registration, and one of these (国发〔2016〕13号)."""

    BOTH_AWAY = "both-away", "父母双方外出"
    ONE_UNABLE = "one-unable", "一方外出、另一方无监护能力"


class AwayReason(models.TextChoices):
    """Why a parent is away (domain.md 3.2, suggested values)."""

    WORK = "work", "务工"
    BUSINESS = "business", "经商"
    DIVORCED = "divorced", "离异"
    DEAD = "dead", "去世"
    PRISON = "prison", "服刑"
    DETOX = "detox", "强制戒毒"
    MISSING = "missing", "失联"
    ILL = "ill", "外出治病"
    ABROAD = "abroad", "出国"
    ARMY = "army", "服兵役"
    OTHER = "other", "其他"


class HomeEvery(models.TextChoices):
    """How often an absent parent comes home."""

    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    HALF_YEAR = "half-year", "半年"
    YEAR = "year", "每年一次"
    LONGER = "longer", "一年以上"


class Care(models.TextChoices):
    """Who in fact cares for the child (domain.md 3.3)."""

    PARENTS = "parents", "父母照护"
    ONE_PARENT = "one-parent", "单亲照护（父或母）"
    GRANDPARENTS = "grandparents", "隔代照护（祖辈）"
    ELDER_KIN = "elder-kin", "亲属照护（叔伯姑舅姨）"
    SIBLINGS = "siblings", "兄姐照护"
    OTHERS = "others", "其他亲友或邻居"
    FOSTER = "foster", "寄养"
    SCHOOL = "school", "以学校寄宿为主"
    ALONE = "alone", "独居或无人照护"


class CareRating(models.TextChoices):
    """Rating of care in the registration form of 2016 (domain.md 2.1)."""

    GOOD = "good", "较好"
    FAIR = "fair", "一般"
    POOR = "poor", "差"


class Health(models.TextChoices):
    """State of health in the 学籍 system (domain.md 3.7)."""

    GOOD = "10", "健康或良好"
    FAIR = "20", "一般或较弱"
    CHRONIC = "30", "有慢性病"
    DEFECT = "40", "有生理缺陷"
    DISABLED = "50", "残疾"


class Disability(models.TextChoices):
    """Kind of disability (GB/T 26341)."""

    SIGHT = "1", "视力"
    HEARING = "2", "听力"
    SPEECH = "3", "言语"
    LIMBS = "4", "肢体"
    INTELLECT = "5", "智力"
    MIND = "6", "精神"
    SEVERAL = "7", "多重"


class Hardship(models.TextChoices):
    """Groups of children in hardship and the schools' additions (domain.md 3.4)."""

    ORPHAN = "orphan", "孤儿"
    DE_FACTO = "de-facto", "事实无人抚养儿童"
    SEVERELY_DISABLED = "severely-disabled", "重残儿童"
    WARD = "ward", "兜底监护儿童"
    LOW_INCOME = "low-income", "低保家庭"
    EXTREME = "extreme", "特困"
    LIFTED = "lifted", "脱贫户"
    WATCHED = "watched", "防返贫监测户"
    ILL = "ill", "重病"
    SINGLE = "single", "单亲家庭"
    PRISON = "prison", "父母服刑"
    OTHER = "other", "其他困难"


class Household(models.TextChoices):
    """Kind of registration."""

    RURAL = "1", "农业户口"
    URBAN = "2", "非农业户口"
    RESIDENT = "3", "居民户口"


class Commute(models.TextChoices):
    """How the child comes to school."""

    WALK = "walk", "步行"
    BIKE = "bike", "自行车（含摩托、电动）"
    PUBLIC = "public", "公共交通"
    FAMILY = "family", "家长接送"
    BUS = "bus", "校车"
    OTHER = "other", "其他"
