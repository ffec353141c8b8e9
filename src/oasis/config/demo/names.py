"""Names for the demo: drawn from common characters, so that they read like life and mean nobody."""

from random import Random

SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤"
BOYS_FIRST = "子浩宇俊文志明国家建永天少小晓思承启泽睿嘉伟振海"
BOYS_SECOND = "轩宇杰豪涛鹏飞辉强林峰阳凯航博瑞昊然诚毅乐康宁平"
GIRLS_FIRST = "雨欣思梦诗佳静雅婷晓小紫若心依可子嘉慧秀春玉语"
GIRLS_SECOND = "涵萱怡婷琪瑶雪莹颖洁慧兰娟敏丽芳燕蕊彤妍雯悦菲"
MEN_FIRST = "建国志永家文明德光大海春天长兴宝"
MEN_SECOND = "军强华平辉勇林生民成富贵良才根保友"
WOMEN_FIRST = "秀桂玉春金凤翠素小美丽红素爱"
WOMEN_SECOND = "英兰珍芳梅花云霞琴莲香华娥红萍"
ELDERS_MEN = (
    "福生",
    "德才",
    "有根",
    "长贵",
    "先富",
    "守田",
    "传宝",
    "兴旺",
    "正清",
    "开明",
    "启福",
    "大年",
    "永昌",
    "克勤",
)
ELDERS_WOMEN = (
    "桂英",
    "秀珍",
    "翠花",
    "兰英",
    "玉莲",
    "凤英",
    "金秀",
    "素珍",
    "菊香",
    "巧云",
    "腊梅",
    "水仙",
    "月娥",
    "冬香",
)
VILLAGES = (
    "柳树湾",
    "青石桥",
    "大樟村",
    "桃源村",
    "双河口",
    "枫树坪",
    "白鹭洲",
    "石门村",
    "竹溪村",
    "上塘村",
    "下塘村",
    "麻园村",
    "杏花村",
    "长岭村",
)
PLACES = (
    ("广东省", "东莞市", "电子厂普工"), ("广东省", "佛山市", "陶瓷厂"), ("浙江省", "温州市", "鞋厂"), ("浙江省", "义乌市", "物流打包"),
    ("江苏省", "苏州市", "电子厂"), ("江苏省", "昆山市", "模具厂"), ("上海市", "松江区", "快递员"), ("福建省", "晋江市", "服装厂"),
    ("广东省", "深圳市", "建筑工地"), ("浙江省", "宁波市", "家政"), ("山东省", "青岛市", "海鲜加工"), ("江苏省", "无锡市", "装修"),
    ("湖北省", "武汉市", "开小饭馆"), ("新疆维吾尔自治区", "阿克苏地区", "摘棉花、大棚"), ("福建省", "泉州市", "石材厂"), ("安徽省", "合肥市", "跑货车"),
)  # fmt: skip
SCHOOLS = (
    "石桥", "柳溪", "大塘", "青山", "长岭", "白沙", "双河", "枫林", "竹园", "桃花", "清泉", "龙潭", "新安", "永丰", "河湾", "松岗", "平湖", "南坪", "高桥", "马渡",
)  # fmt: skip


def pupil(random: Random, sex: str, surname: str = "") -> str:
    """Draw a pupil's name; one in six has a given name of one character."""
    first, second = (BOYS_FIRST, BOYS_SECOND) if sex == "1" else (GIRLS_FIRST, GIRLS_SECOND)
    given = random.choice(second) if random.random() < 0.16 else random.choice(first) + random.choice(second)
    return (surname or random.choice(SURNAMES)) + given


def adult(random: Random, sex: str, surname: str = "") -> str:
    """Draw the name of a parent or teacher."""
    first, second = (MEN_FIRST, MEN_SECOND) if sex == "1" else (WOMEN_FIRST, WOMEN_SECOND)
    given = random.choice(second) if random.random() < 0.25 else random.choice(first) + random.choice(second)
    return (surname or random.choice(SURNAMES)) + given


def elder(random: Random, sex: str, surname: str = "") -> str:
    """Draw the name of a grandparent."""
    return (surname or random.choice(SURNAMES)) + random.choice(ELDERS_MEN if sex == "1" else ELDERS_WOMEN)


def phone(serial: int) -> str:
    """Give a number of mobile length in a range that is assigned to nobody (it begins with 100)."""
    return f"100{serial % 100_000_000:08d}"
