"""Names of devices tell what it is and not whose."""

from core.device_names import neutral

NAMES = {
    "HUAWEI Mate 70": "HUAWEI Mate 70",
    "iPhone 15 Pro Max": "iPhone 15 Pro Max",
    "Xiaomi 14T": "Xiaomi 14T",
    "Redmi Note 12 Pro 5G": "Redmi Note 12 Pro 5G",
    "张三的 iPhone": "iPhone",
    "张三的iPhone 15": "iPhone 15",
    "Zhang San's iPhone": "iPhone",
    "iPhone Zhang San 13800138000": "iPhone",
    "iPhone 110101199003078515": "iPhone",
    "李雷": "",
    "phone": "",
    "zhangsan 12": "",
    "": "",
}


def test_of_a_devices_name_only_the_makers_words_are_kept():
    assert {name: neutral(name) for name in NAMES} == NAMES
