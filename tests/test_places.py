"""Places: what counts as one, what only looks like one, and where a document comes from."""

from __future__ import annotations

import re

import pytest

from yaodian.extraction.places import find_places, resolve_home
from yaodian.extraction.places.gazetteer import division, divisions_below
from yaodian.model import Document, Facts, PlaceMention, Span
from yaodian.ontology import lexicon, resource


def document(text: str) -> Document:
    return Document("plan.txt", "plan.txt", "0" * 64, "text/plain", "utf-8", text, Span(0, len(text), text))


def mentions(text: str, city: str | None = "330600", excluded: str | None = None) -> list[PlaceMention]:
    """The places of ``text``, read as a plan of that city."""
    home = division(city) if city else None
    facts = Facts(city_code=city, province_code=home.province if home else None)
    doc = document(text)
    at = text.find(excluded) if excluded else -1
    return find_places(doc, facts, [doc.span(at, at + len(excluded))] if excluded and at >= 0 else [])


def names(text: str, city: str | None = "330600") -> list[str]:
    return [mention.span.quote for mention in mentions(text, city)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("指导绍兴市和新昌县做好试点。", ["绍兴市", "新昌县"]),
        ("组建“绍兴市教师艺术团”“绍兴市美育专家库”和绍兴市教改工作小组。", []),
        ("支持诸暨市、嵊州市改善特教学校条件。", ["诸暨市", "嵊州市"]),
        ("三江侗族自治县乡村教师培养做法在全国推广。", ["三江侗族自治县"]),
        ("打造具有绍兴特色的品牌。", ["绍兴"]),
        ("赴杭州、宁波等地学习。", ["杭州", "宁波"]),
        ("支持诸暨、嵊州创建示范县。", ["诸暨", "嵊州"]),
        ("确保绍兴市2024年招生平稳。", ["绍兴市"]),
        ("更好地服务绍兴市民和绍兴市场。", ["绍兴", "绍兴"]),
        ("推进浙江省学前教育改革试验区建设。", ["浙江省"]),
        ("督促绍兴市中小学校落实要求。", ["绍兴市"]),
        ("举办京津冀校园足球邀请赛。", ["京津冀"]),
        ("深化京沪鲁、冀鲁豫协作。", ["京沪鲁", "冀鲁豫"]),
        ("加强与港澳台地区的交流。", ["港澳台"]),
        ("与甘孜州、长阳县结对。", ["甘孜州", "长阳县"]),
        ("融入长三角一体化发展。", []),
        ("全市各县（市、区）和XX县区都要落实。", []),
    ],
)
def test_places_by_full_and_short_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "绍兴市教育局会同浙江大学、杭州师范大学开展培训。",
        "支持绍兴一中、诸暨市第二中学创建特色学校。",
        "绍兴一中高考成绩居前，新昌县教育体育和科技局做好总结。",
        "新建绍兴市职业教育中心和上虞区产业园。",
        "举办绍兴市第三届青年教师教学竞赛。",
        "用好绍兴市智慧教育平台，依托杭州教育基金开展资助。",
        "学习浙江省第十五次党代会精神，落实绍兴市委部署。",
        "推进中国（绍兴）水城建设。",
        "访问澳门某某娱乐城网站。",
        "推进诸暨市特殊教育学校迁建，会同人行绍兴市分行、杭州海关。",
    ],
)
def test_places_inside_names_are_skipped(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("确保定期召开会议。", "130600"),
        ("加强日常德育工作，创新乡村治理。", "430700"),
        ("深化重大理论研究，提高安全意识。", "360900"),
        ("培养新干部，建成都市农业园。", "360800"),
        ("推进教育合作，和平共处，平安建设。", "330600"),
        ("建设示范县和沿海城市。", "410900"),
        ("符合医保定点规定。", "130600"),
        ("打造美丽水乡。", "331100"),
        ("新增城区学位1600个。", "440100"),
    ],
)
def test_words_are_no_places(text: str, city: str) -> None:
    assert names(text, city) == []


def test_county_short_names_are_trusted_at_home_only() -> None:
    text = "指导新昌做好试点工作。"
    assert names(text, "330600") == ["新昌"]
    assert names(text, "420200") == []


@pytest.mark.parametrize(
    ("text", "city", "expected"),
    [
        ("支持在绍高校发展，提高留绍率。", "330600", ["绍", "绍"]),
        ("全省现场会在昌召开。", "360100", ["昌"]),
        ("支持驻甬院校发展。", "330200", ["甬"]),
        ("在保障安全、在常态化上下功夫。", "130600", []),
        ("支持在昌高校发展。", "330600", []),
    ],
)
def test_one_character_forms_of_the_home_city(text: str, city: str, expected: list[str]) -> None:
    assert names(text, city) == expected


def test_codes_names_and_levels() -> None:
    found = {m.span.quote: m for m in mentions("推动浙江、绍兴、新昌县与京津冀交流，陵县、襄樊市先行。")}
    assert found["浙江"].codes == ("330000",) and found["浙江"].admin == "province"
    assert found["绍兴"].names == ("绍兴市",) and found["绍兴"].admin == "city"
    assert found["新昌县"].admin == "county"
    assert found["京津冀"].codes == ("110000", "120000", "130000") and found["京津冀"].admin == "province"
    assert found["陵县"].codes == ("371421",)
    assert found["襄樊市"].names == ("襄阳市",)


def test_namesakes_go_to_the_home_city() -> None:
    assert mentions("指导鼓楼区做好试点。", "350100")[0].codes == ("350102",)
    assert mentions("指导鼓楼区做好试点。", "320100")[0].codes == ("320106",)
    assert mentions("指导鼓楼区做好试点。", "330600") == []


def test_excluded_spans_and_offsets() -> None:
    text = "落实《绍兴市某某办法》，服务绍兴发展。"
    assert [m.span.start for m in mentions(text, excluded="绍兴市某某办法")] == [text.rindex("绍兴")]


@pytest.mark.parametrize(
    ("title", "issuers", "text", "city", "province", "county"),
    [
        ("2024年绍兴教育工作要点", (), "", "绍兴市", "浙江省", None),
        ("教育工作要点", ("新昌县教育体育局",), "", "绍兴市", "浙江省", "新昌县"),
        ("重庆市2024年教育工作要点", (), "", "重庆市", "重庆市", None),
        ("浙江省教育厅2024年工作要点", (), "服务杭州、杭州、杭州、杭州发展。", None, "浙江省", None),
        ("仙桃市教育局工作要点", (), "", "仙桃市", "湖北省", "仙桃市"),
        ("市教育局工作要点", (), "绍兴一中、绍兴二中、绍兴市区学校与杭州学校结对。", "绍兴市", "浙江省", None),
        ("工作要点", (), "到杭州、宁波、温州学习。", None, None, None),
    ],
)
def test_home_from_title_issuers_and_text(
    title: str, issuers: tuple[str, ...], text: str, city: str | None, province: str | None, county: str | None
) -> None:
    home = resolve_home(title, issuers, text)
    assert [place and place.name for place in home] == [city, province, county]


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("我市将支持嵊州、新昌、诸暨三地改善办学条件。", "绍兴市"),
        ("全市扎实推进。在桓台县新建中学1所，在沂源县新建幼儿园2所。", "淄博市"),
        ("全市扎实推进。支持桓台、高青、沂源三县，选派教师赴平遥县、左权县支教。", "淄博市"),
        ("全市扎实推进。支持桓台、高青、沂源三县和平遥县。", None),
        ("我市要对标肥西、长丰等先进县补短板。", None),
        ("全市扎实推进。支持桓台县新建中学1所。", None),
        ("我县支持桓台、高青、沂源三县的做法。", None),
    ],
)
def test_home_from_the_counties_that_a_city_speaks_of_as_its_own(text: str, city: str | None) -> None:
    home = resolve_home("副市长在教育工作会议上的讲话", (), text)
    assert (home.city and home.city.name) == city


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持桓台、高青、沂源三县各建1所中职学校。", ["桓台县", "高青县", "沂源县"]),
        ("补上与肥西、长丰等先进县的差距。", ["肥西县", "长丰县"]),
        ("督促祁县、平遥、介休等县（市）先行。", ["祁县", "平遥县", "介休市"]),
        ("加大对左权、和顺等山区县的支持。", ["左权县", "和顺县"]),
        ("左权、和顺要先行。", []),
        ("肥西、长丰、庐江要先行。", ["肥西县", "长丰县", "庐江县"]),
        ("肥西、平遥、沂源要先行。", []),
        ("肥西、长丰城乡学校和桓台、高青等县乡镇学校结对。", ["肥西县", "长丰县", "桓台县", "高青县"]),
        ("选派教师到文成、缙云、磐安等地支教。", ["文成县", "缙云县", "磐安县"]),
        ("招收贵州盘州、兴义学生。", ["贵州省", "盘州市", "兴义市"]),
        ("促进和平、安定、团结，实现公平、公安联动。", []),
        ("推动肥西、长丰中学结对。", []),
    ],
)
def test_lists_of_counties_far_from_home(text: str, expected: list[str]) -> None:
    assert [name for mention in mentions(text, None) for name in mention.names] == expected


def test_a_list_that_says_towns_has_no_counties_of_other_cities() -> None:
    assert [mention.admin for mention in mentions("改善石佛、文成、缙云三镇的学校。")] == ["town"] * 3
    assert [mention.admin for mention in mentions("改善文成、诸暨等地的学校。")] == ["county"] * 2
    assert {mention.admin for mention in mentions("带动肥西、长丰等乡镇的学校。", None)} == {"town"}


def test_divisions_form_a_tree_of_known_codes() -> None:
    rows = [line.split(",") for line in resource("divisions.csv").read_text("utf-8").splitlines()[2:]]
    current = [row for row in rows if row[5] == "current"]
    codes = {row[0] for row in current}
    assert len(codes) == len(current)
    for code, name, level, parent, short, status, successor in rows:
        assert re.fullmatch(r"\d{6}", code) and level in {"province", "city", "county"}
        assert (parent in codes) == (level != "province"), name
        assert (status == "former") == bool(successor) and (not successor or successor in codes), name
        assert not short or (len(short) > 1 and name.startswith(short)), name


def test_divisions_by_code() -> None:
    changzhou = division("320400")
    assert changzhou is not None
    assert (changzhou.name, changzhou.level, changzhou.parent) == ("常州市", "city", "320000")
    assert "武进区" in [place.name for place in divisions_below("320400")]
    assert division("999999") is None
    assert len(divisions_below("000000")) == 0


def test_lexicon_names_known_places_only() -> None:
    places = lexicon("places")
    for codes in places["compounds"].values():
        assert all(division(code) for code in codes)
    assert all(division(code) for code in places["home"]["letters"])


def test_words_that_no_town_has_in_its_name_are_of_two_characters() -> None:
    assert {len(word) for word in lexicon("places")["towns"]["words"].split()} == {2}


def test_a_long_text_is_read_whole() -> None:
    text = "推动绍兴市、新昌县与杭州、宁波交流，支持在绍高校发展，建设示范县。" * 600
    assert len(mentions(text)) == 5 * 600


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("指导新昌县做好试点。", "full name"),
        ("举办京津冀校园足球邀请赛。", "name of several divisions"),
        ("打造具有绍兴特色的品牌。", "short name of the home city"),
        ("支持诸暨、嵊州创建示范县。", "short name in the home city"),
        ("赴杭州、宁波等地学习。", "short name in the home province"),
        ("赴江苏、山东等地学习。", "short name of a province"),
        ("赴苏州、青岛等地学习。", "short name known everywhere"),
    ],
)
def test_the_rule_that_found_a_place(text: str, rule: str) -> None:
    assert {mention.rule for mention in mentions(text)} == {rule}


def test_the_rule_for_one_character() -> None:
    assert [mention.rule for mention in mentions("支持在昌高校发展。", "360100")] == [
        "one-character form of the home city"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在店口镇、枫桥镇试点推广。", ["店口镇", "枫桥镇"]),
        ("完成诸暨市店口镇学位扩容。", ["诸暨市", "店口镇"]),
        ("陶朱街道率先建成学习中心。", ["陶朱街道"]),
        ("支持章镇、乌岩镇试点。", ["章镇", "乌岩镇"]),
        ("新昌县章镇先行先试。", ["新昌县", "章镇"]),
        ("推动陶朱街道、店口镇和东和乡的学校联动。", ["陶朱街道", "店口镇", "东和乡"]),
        ("到店口镇走访教师。", ["店口镇"]),
        ("赴桦甸市红石砬子镇、南陵县许镇镇支教。", ["桦甸市", "红石砬子镇", "南陵县", "许镇镇"]),
        ("推广龙潭区乌拉街满族镇的做法。", ["龙潭区", "乌拉街满族镇"]),
    ],
)
def test_towns(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "完善镇、村两级幼儿园，办好乡镇中心园。",
        "推进城乡一体，鼓励返乡创业，建设特色小镇，打造戏曲之乡。",
        "各乡镇、各街道负责落实，全镇、本乡学校参加。",
        "店口镇中心小学、陶朱街道办事处、枫桥镇人民政府、东和乡卫生院。",
        "构建“一城五镇”格局，城强乡弱，镇村衔接，留住乡愁。",
        "实施街道路改造，镇静应对，邀请乡贤助学。",
        "完善全市城镇规划，加强各县乡镇学校、各区街道社区建设。",
        "某镇、XX镇、该镇学校。",
        "每个乡（镇）办好一所幼儿园，重点镇、建制镇先行。",
    ],
)
def test_what_only_looks_like_a_town(text: str) -> None:
    assert [m.span.quote for m in mentions(text) if m.admin == "town"] == []


def test_cities_with_the_ending_of_a_town_are_no_towns() -> None:
    found = mentions("赴景德镇、萍乡学习，对接新乡市。", "360100")
    assert [(m.span.quote, m.admin) for m in found] == [("景德镇", "city"), ("萍乡", "city"), ("新乡市", "city")]


def test_a_town_lies_in_the_division_before_it_or_at_home() -> None:
    found = [m for m in mentions("诸暨市店口镇、新昌县店口镇，枫桥镇。") if m.admin == "town"]
    assert [m.keys for m in found] == [("330681-店口镇",), ("330624-店口镇",), ("330600-枫桥镇",)]
    assert all(m.codes == () and m.rule == "name of a town" for m in found)
    assert [m.keys for m in mentions("枫桥镇先行。", None)] == [("000000-枫桥镇",)]
    again = mentions("诸暨市店口镇先行。店口镇试点。")
    assert [m.keys for m in again if m.admin == "town"] == [("330681-店口镇",)] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对北塘、陈家坞街道4所学校进行改造。", ["北塘", "陈家坞街道"]),
        ("在漓渚河、石佛、枫溪等临水乡镇设置警示牌。", ["漓渚河", "石佛", "枫溪"]),
        ("新建幼儿园3所，其中六十铺镇2所、西三十铺镇1所。", ["六十铺镇", "西三十铺镇"]),
        ("在全市三个镇、五个乡开展试点。", []),
        ("为冷子堡、老大房等9个镇的学校更换管网。", ["冷子堡", "老大房"]),
        ("枫桥、店口、牌头三镇宿舍改造完成。", ["枫桥", "店口", "牌头"]),
        ("帮扶大坝、大河、麒麟、毓秀苗族乡学校23所。", ["大坝", "大河", "麒麟", "毓秀苗族乡"]),
        ("推动武平县平川街道新建学校。", ["武平县", "平川街道"]),
        ("选派教师到枫桥、店口、牌头等边远镇支教。", ["枫桥", "店口", "牌头"]),
        ("从枫桥、店口、牌头3个镇先行。", ["枫桥", "店口", "牌头"]),
        ("覆盖枫桥、店口等10个镇。", ["枫桥", "店口"]),
        ("按照小学进镇、初中进城的思路调整布局。", []),
        ("让何元、水长、摆榔等地的孩子共享优质课程。", ["何元", "水长", "摆榔"]),
        ("在校园周边、公园等地和车站、广场等地开展活动。", []),
        ("周转房96套，其中马头镇36套、罗波镇20套。", ["马头镇", "罗波镇"]),
        ("在胥各庄街道、稻地镇新建学校。", ["胥各庄街道", "稻地镇"]),
        ("打造鹅鼻山、镜泊湖、枫桥镇旅游线路。", ["枫桥镇"]),
        ("投资600万元改善麻溪口、杜坪两地5所薄弱学校。", ["麻溪口", "杜坪"]),
        ("为麻埠、石佛、固镇等地18所学校更换床铺。", ["麻埠", "石佛", "固镇"]),
        ("支持城关、河东两镇新建学校。", ["城关", "河东"]),
        ("由实验小学托管麻溪、店口、枫桥等乡镇的学校。", ["麻溪", "店口", "枫桥"]),
        ("扩大枫桥镇、店口镇等人口大镇的学位。", ["枫桥镇", "店口镇"]),
        (
            "到诸暨市店口镇、嵊州市谢村镇、新昌县儒岙镇等地办学。",
            ["诸暨市", "店口镇", "嵊州市", "谢村镇", "新昌县", "儒岙镇"],
        ),
        ("大孟村镇、店口镇各改扩建幼儿园1所。", ["大孟村镇", "店口镇"]),
        ("完善农村镇村、周边村镇学校布局。", []),
        ("依托枫桥镇、白道河子镇等冰雪资源。", ["枫桥镇", "白道河子镇"]),
        ("在小齐各庄镇、稻地镇遴选试点园。", ["小齐各庄镇", "稻地镇"]),
        ("周转房96套，其中马头镇36套、两江镇40套、罗波镇20套。", ["马头镇", "两江镇", "罗波镇"]),
        ("为麻溪、枫桥、店口三处乡镇和石佛、摆榔两个民族乡购置棉衣。", ["麻溪", "枫桥", "店口", "石佛", "摆榔"]),
        ("对由旺、水长两镇开展巡查，由枫桥、店口两镇先行。", ["由旺", "水长", "枫桥", "店口"]),
        ("在苏村、砖埠、湖头三处镇驻地学校设置护学岗。", ["苏村", "砖埠", "湖头"]),
        ("新建城区学校3所，续建北乡、店口镇寄宿制学校2所。", ["北乡", "店口镇"]),
        ("银坑镇、禾丰镇入住率近9成。", ["银坑镇", "禾丰镇"]),
        ("赴浙江桐乡、安徽歙县学习。", ["浙江", "桐乡", "安徽", "歙县"]),
        ("其中小史店镇14所、柳河镇9所。", ["小史店镇", "柳河镇"]),
        ("实现城乡两地、校内校外两地联动，管好路口、道口两地。", []),
        ("在煤炭资源丰富的两淮、豫西、贵州等地建设基地。", ["贵州"]),
        ("枫桥街道第二初中、陶朱街道第六小学开工。", []),
        ("改扩建枫溪、蓬壶、达埔3所中心幼儿园。", ["枫溪", "蓬壶", "达埔"]),
        ("在桃花江镇、石佛镇各布局1所幼儿园。", ["桃花江镇", "石佛镇"]),
        ("建设宜居的江城、江镇、江村。", []),
    ],
)
def test_towns_in_lists_and_with_numbers(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("撤并柏林镇、店口镇教学点3个。", ["柏林镇", "店口镇"]),
        ("在石佛镇、花街镇、五星镇、东乡街道新建宿舍。", ["石佛镇", "花街镇", "五星镇", "东乡街道"]),
        ("新增学位900个，其中南镇街道500个、玉都街道400个。", ["南镇街道", "玉都街道"]),
        ("其中衡山镇3所、与儿街镇和石佛镇各1所。", ["衡山镇", "与儿街镇", "石佛镇"]),
        ("续建南乡义镇寄宿制学校。", ["南乡义镇"]),
        ("整改情况：沙河街道新建小学1所。", ["沙河街道"]),
        ("镇街\t项目数\n莲花街道\t2\n柳河镇\t1\n", ["莲花街道", "柳河镇"]),
        ("推进安阳镇城区扩容，完成玉城镇学区调整。", ["安阳镇", "玉城镇"]),
        ("在沙河驿镇、云南驿镇设点。", ["沙河驿镇", "云南驿镇"]),
        ("由枫桥一中带江口镇、石佛镇。", ["江口镇", "石佛镇"]),
        ("改造枫桥镇、石佛镇中心校食堂，新建店口镇中心校。", ["枫桥镇", "石佛镇"]),
        ("那良镇城区2所学校开学。", ["那良镇"]),
        ("推进小城镇、古城镇建设，2020年城镇学位占城镇人口的8％，覆盖重点镇、中心城镇。", []),
        ("枫桥镇、各镇、建制镇、重点镇、相关街道。", ["枫桥镇"]),
        ("整治河东街道两侧环境，推进诸暨街道绿化。", []),
        ("白石、市山、石佛 3 个乡镇的宿舍完工。", ["白石", "市山", "石佛"]),
        (
            "几江、枫桥、店口等街道缓解压力；水市、湾井、九疑山三个乡镇先行。",
            ["几江", "枫桥", "店口", "水市", "湾井", "九疑山"],
        ),
        ("对以那、枫桥等偏远乡镇走访。", ["以那", "枫桥"]),
        ("南坝、胡家、枫桥三个片区各建1所学校。", ["南坝", "胡家", "枫桥"]),
        ("麻溪口、诸佛庵2所中心学校食堂完工。", ["麻溪口", "诸佛庵"]),
        ("在云南驿、麻溪新建2所小学。", ["云南驿", "麻溪"]),
        ("在城东、城西新建2所小学，食堂、公厕新建3所小学的。", []),
        ("责任单位：市教育局、市发改局、枫桥街道。", ["枫桥街道"]),
    ],
)
def test_towns_by_where_they_stand(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "city", "expected"),
    [
        ("与天津市河西区的学校合作。", "330600", ["天津市", "河西区"]),
        ("新昌县中等职业学校、嵊州市职业技术学校扩容。", "330600", []),
        ("推动绍兴市中等职业学校提质。", "330600", ["绍兴市"]),
        ("在新昌县第十八届人大常委会第三次会议上报告。", "330600", []),
        ("实施项目9个，其中新建学校2所。", "360100", []),
        ("支持进贤、安义、新建三地。", "360100", ["进贤", "安义", "新建"]),
        ("用好川陕革命根据地资源。", "330600", []),
        ("店口镇、暨阳街道乡村教师补助提高。", "330600", ["店口镇", "暨阳街道"]),
        ("建成枫桥镇、店口镇全民健身中心2个。", "330600", ["枫桥镇", "店口镇"]),
        ("在绍兴市第四届学生艺术展演中获奖。", "330600", []),
        ("推进新昌县高中等8所高中建设，店口镇初中迁建。", "330600", []),
        ("改善13处驻镇学校条件，关注店口镇初中教师。", "330600", ["店口镇"]),
    ],
)
def test_names_of_schools_and_sessions_and_verbs_are_no_places(text: str, city: str, expected: list[str]) -> None:
    assert names(text, city) == expected


def test_towns_that_share_their_kind_have_their_whole_names() -> None:
    assert [mention.names for mention in mentions("对北塘、陈家坞街道进行改造。")] == [("北塘街道",), ("陈家坞街道",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("选派教师赴新疆博乐、西藏乃东支教。", ["新疆", "博乐", "西藏", "乃东"]),
        ("推动诸暨中学、嵊州小学结对共建。", []),
        ("诸暨高中作了交流发言。", []),
        ("增加诸暨高中学位，提高嵊州高中教育质量。", ["诸暨", "嵊州"]),
        ("推动诸暨、嵊州城乡学校结对。", ["诸暨", "嵊州"]),
        ("支持与诸暨市高中组建联盟。", ["诸暨市"]),
        ("与北京顺义牛栏山一中达成合作。", []),
        ("在总结兴城市实验区经验基础上推广。", ["兴城市"]),
        ("“诸暨课堂”大比武推出优质课例。", []),
        ("打造“杭州—绍兴—宁波”观光带。", ["杭州", "绍兴", "宁波"]),
        ("“诸暨红”研学、“西施故里、诸暨好学”叫响全国。", []),
        ("支持诸暨农校、诸暨市职业中专发展，传承绍兴莲花落、广东汉剧。", ["绍兴"]),
        ("提升杭州马拉松、杭州赛艇公开赛能级，践行绿水青山就是金山银山。", []),
        ("支持诸暨市创建国家学前教育普及普惠区。", ["诸暨市"]),
        ("建设现代化新绍兴。", ["绍兴"]),
        ("诸暨市本科上线率提高。", ["诸暨市"]),
        ("赴天津市武清区跟岗，武清17名教师来绍支教。", ["天津市", "武清区", "武清", "绍"]),
        ("执行《诸暨市学生资助办法》。", []),
        ("在曹娥江两岸的诸暨开展巡查。", ["诸暨"]),
    ],
)
def test_names_of_things_are_no_places(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_one_character_forms_of_provinces_and_of_the_home_county() -> None:
    assert [m.codes for m in mentions("支持川籍学生赴渝研学。")] == [("510000",), ("500000",)]
    facts = Facts(city_code="341300", province_code="340000", county_code="341321")
    found = find_places(document("邀请专家来砀讲学，并在新学期在此召开现场会。"), facts, [])
    assert [(m.span.quote, m.codes) for m in found] == [("砀", ("341321",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持庆丰县、白鹭镇补齐短板。", ["庆丰县", "白鹭镇"]),
        ("新建幼儿园14所（诸暨市5所、庆丰县3所、云沙区6所）。", ["诸暨市", "庆丰县", "云沙区"]),
        ("而黑石沟镇、三岔河乡等地还有小规模学校。", ["黑石沟镇", "三岔河乡"]),
        ("防溺水要盯住清河湾镇、龙潭乡等十七个重点乡镇。", ["清河湾镇", "龙潭乡"]),
        ("优先支持柳河镇、双庙乡等乡镇寄宿制学校。", ["柳河镇", "双庙乡"]),
        ("建设示范区、先行区和功能区。", []),
        ("覆盖贫困县、边远县。", []),
        ("加快老城区、新城区和开发区学校建设。", []),
    ],
)
def test_names_that_no_list_holds_count_beside_others(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_county_that_no_list_holds_has_a_name_and_no_code() -> None:
    [_, county] = mentions("支持诸暨市、庆丰县补齐短板。")
    assert (county.admin, county.codes, county.names, county.within) == ("county", (), ("庆丰县",), "330600")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在江城镇、柳泉镇新建学校。", ["江城镇", "柳泉镇"]),
        ("在新昌县沙江镇设立试点。", ["新昌县", "沙江镇"]),
        ("推进新型城镇、美丽小镇和新昌县小城镇建设。", ["新昌县"]),
        ("支持新昌、嵊州改善寄宿制学校条件。", ["新昌", "嵊州"]),
        ("推动浙江、安徽两省毗邻学校结对。", ["浙江", "安徽"]),
        ("发挥绍兴市中小学综合实践基地的作用。", []),
    ],
)
def test_names_that_end_like_words_and_words_that_end_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_list_that_says_townships_has_no_districts_of_other_cities() -> None:
    assert names("带动柳林、青山等乡镇学校共同发展。")[-1] == "青山"


def test_provinces_by_one_character_each() -> None:
    found = mentions("建设川陕甘结合部教育强市。", city="510800")
    assert [(mention.span.quote, len(mention.codes)) for mention in found] == [("川陕甘", 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投入400万元，为大丰镇、雀尔沟镇的学校改造食堂。", ["大丰镇", "雀尔沟镇"]),
        ("抓紧县城东区幼儿园建设。", []),
        ("在西宁市的城东区新建学校。", ["西宁市", "城东区"]),
        ("支持新昌中专创建特色学校。", []),
        ("石南镇、大平山镇小学学位不足。", ["石南镇", "大平山镇"]),
        ("完工9个；许市镇、钱粮湖镇两所学校投用。", ["许市镇", "钱粮湖镇"]),
        ("补齐新政街道、金城镇的缺口。", ["新政街道", "金城镇"]),
        ("办好侗乡人民满意的学校。", []),
        ("在下营镇、罗庄子镇试行集团化管理。", ["下营镇", "罗庄子镇"]),
        ("与乌鲁木齐市第四人民医院建立绿色通道。", []),
        ("对大武口区朝阳街的牌匾进行检查。", ["大武口区"]),
    ],
)
def test_names_that_hold_or_run_into_other_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "city", "expected"),
    [
        ("柳河县每年遴选薄弱学校两所。", "220500", ["柳河县"]),
        ("优先解决青河街道、南塘街道入园难问题。", "330600", ["青河街道", "南塘街道"]),
        ("补充青溪、双塘等北部山区学校的教师。", "610700", ["青溪", "双塘"]),
        ("支持音乐、美术等薄弱学科，办好附中、实验等重点学校。", "330600", []),
        ("喀左县通过省级评估，前郭县、科左中旗派员观摩。", "211300", ["喀左县", "前郭县", "科左中旗"]),
        ("为朝阳振兴发展贡献力量。", "211300", ["朝阳"]),
        ("抓好湖北大冶等地的试点。", "330600", ["湖北", "大冶"]),
    ],
)
def test_where_names_begin_and_end(text: str, city: str, expected: list[str]) -> None:
    assert names(text, city) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建柳河镇、青山镇幼儿园各1所。", ["柳河镇", "青山镇"]),
        ("与福建省泉州市援疆学校结对。", ["福建省", "泉州市"]),
        ("贯彻中央新疆工作座谈会精神。", []),
        ("绍兴教〔2024〕15号文件要求落实到位。", []),
        ("方村镇、宋营镇片区入学矛盾缓解。", ["方村镇", "宋营镇"]),
        ("新开工角美镇、榜山镇项目4个。", ["角美镇", "榜山镇"]),
        ("改造芦溪镇、塔山镇学校宿舍。", ["芦溪镇", "塔山镇"]),
    ],
)
def test_towns_with_schools_and_places_in_other_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected
