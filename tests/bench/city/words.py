"""What Kunming's names are made of: its districts and streets, brands, trades, forms."""

import csv
from pathlib import Path
from random import Random

_DATA = Path(__file__).parents[2] / "data"


def _table(name):
    with (_DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# The busy districts first, by how many of a hundred entities each has.
_SHARES = dict(
    zip(
        "530111 530103 530102 530112 530114 530181 530125 530129 530127 530128".split(),
        (24, 18, 17, 16, 8, 4, 3, 2, 2, 2),
        strict=True,
    )
)
DISTRICTS = {row["code"]: row["name"] for row in _table("km_divisions.csv") if row["kind"] == "county"}
# A hundred places, so that one number drawn below a hundred names a district.
DRAWN = [code for code in DISTRICTS for _ in range(_SHARES.get(code, 1))]
STREETS = {
    code: [
        row["name"].removesuffix("街道").removesuffix("镇")
        for row in _table("km_streets.csv")
        if row["county"] == code and len(row["name"]) < 6
    ]
    for code in DISTRICTS
}


def short(district):
    """Return a district as most names have it: 五华, 石林, 寻甸."""
    return district[:2]


# Two in three of all brands are made of the first hundred of these.
_BRAND_CHARACTERS = (
    "鑫源福顺祥瑞盛达兴隆宏泰永昌恒丰嘉和德荣华锦程远航博雅众诚信义佳美新天地龙凤麒麟鹏鹤山川江河海"
    "洋日月星辰东南西北中文武云滇春城翠湖金马碧鸡彩花都高原红鸥雪莲茶石榴松竹梅兰桂芳香玉宝财富贵吉利"
    "安康宁静康健正道明亮光辉煌耀辰晨曦晟昊宇轩然浩瀚博学智慧聪颖敏捷优品尚雅致臻卓越凯旋胜捷迅飞翔腾"
    "跃骏驰骋途路桥通畅联合众汇聚集群英才俊杰豪迈豪森林木本草原野青绿蓝紫白墨丹朱赤橙黄橘柠檬果蔬菜米"
    "粮油盐酱醋糖甜蜜甘霖雨露霜冰水泉溪流湾港岛屿岸滨波涛澜润泽沐浴清洁净纯真善爱心思念忆梦想望希冀期"
    "待缘份亲友邻里家园庭院舍楼阁亭台轩榭堂馆坊铺店号记斋苑居屋厦塔峰岭崖谷坪坝田畴禾麦稻谷黍豆棉麻丝"
    "绸缎绣织锦裳衣冠履鞋帽巾带环佩珠翡璧珍琳琅珊瑚珀晶莹剔透玲珑巧妙奇异特独创造艺术画书琴棋诗词歌赋"
    "舞乐曲韵律音声鼓钟磬笛箫管弦元亨贞乾坤坎离震巽艮兑鼎晋升恩惠施仁礼智孝悌忠勇毅刚强坚固稳定恒久长"
)
_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕普龙陶段施尹"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志红春梅云海燕文斌小琼永祥美珍光荣学才"
TRADES = (
    "商贸 贸易 科技 信息技术 网络科技 建筑工程 装饰工程 建筑劳务 园林绿化 餐饮管理 酒店管理 物业服务 文化传播"
    " 广告 物流 货运 汽车服务 汽车租赁 旅行社 旅游开发 农业开发 生物科技 花卉 茶业 医药 医疗器械 健康咨询"
    " 企业管理 信息咨询 人力资源 财务咨询 知识产权代理 教育咨询 培训 服饰 珠宝 家具 建材 机电设备 电子商务"
    " 新能源 环保科技 房地产开发 房地产经纪 投资 食品 饮品 酒业 化妆品 通信工程 安防工程 测绘 矿业 再生资源"
).split()
SHOPS = (
    "小吃店 米线店 餐馆 烧烤店 火锅店 早点铺 便利店 超市 百货店 副食店 水果店 蔬菜经营部 鲜花店 茶叶店"
    " 服装店 鞋店 童装店 理发店 美容美发店 美甲店 五金经营部 建材经营部 装饰材料经营部 电器维修部 汽车修理厂"
    " 洗车场 手机店 眼镜店 药店 诊所 文具店 打印服务部 广告工作室 棋牌室 网吧 旅馆 民宿 客栈 家政服务部 货运部"
).split()
FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司")
FARMS = "种植 养殖 花卉种植 蔬菜种植 中药材种植 农机".split()
OFFICES = (
    "市场监督管理局 卫生健康局 教育体育局 自然资源局 税务局 交通运输局 文化和旅游局 应急管理局"
    " 人力资源和社会保障局 住房和城乡建设局 生态环境局 农业农村局 城市管理局 发展和改革局 水务局 林业和草原局"
).split()
SCHOOLS = "第一小学 第二小学 第三中学 幼儿园 卫生院 文化站 敬老院".split()


def _drawn(characters, front):
    """Lay out characters so that an even draw favours the front ones."""
    draw = Random(530100)
    unique = list(dict.fromkeys(characters))
    places = [int(len(unique) * draw.random() ** front) for _ in range(4096)]
    return [unique[place] for place in places] + unique


BRAND_CHARACTERS = _drawn(_BRAND_CHARACTERS, 2.0)
SURNAMES = _drawn(_SURNAMES, 1.6)
GIVEN = _drawn(_GIVEN, 1.2)
