"""Classes of named things: the class of each entity type, and the closer class that a name's ending tells."""

import re

from kg.namespaces import PPLAN, RIE, SCHEMA, SKOS
from kg.triples.terms import Iri

_CONCEPT = f"{SKOS}Concept"
_CATEGORY = (f"{RIE}Category", _CONCEPT)
_CLASSES: dict[str, tuple[str, ...]] = {
    "Academician": (f"{RIE}Academician", f"{SCHEMA}Person"),
    "Person": (f"{SCHEMA}Person",),
    "City": (f"{RIE}PrefectureLevelCity",),
    "Province": (f"{RIE}Province",),
    "District": (f"{RIE}District",),
    "Region": (f"{RIE}EconomicRegion",),
    "Country": (f"{SCHEMA}Country",),
    "GovernmentBody": (f"{SCHEMA}GovernmentOrganization",),
    "University": (f"{SCHEMA}CollegeOrUniversity",),
    "Institute": (f"{RIE}ResearchInstitute",),
    "Platform": (f"{RIE}InnovationPlatform",),
    "Park": (f"{RIE}InnovationZone",),
    "Enterprise": (f"{SCHEMA}Corporation",),
    "Team": (f"{RIE}InnovationTeam",),
    "Fund": (f"{RIE}Fund",),
    "Policy": (f"{RIE}PolicyDocument",),
    "Programme": (f"{RIE}Programme",),
    "Campaign": (f"{RIE}Campaign", f"{RIE}Programme"),
    "Award/Title": (f"{RIE}Designation", _CONCEPT),
    "Indicator": (f"{RIE}Indicator", _CONCEPT),
    "TechnologyField": (f"{RIE}TechnologyField", _CONCEPT),
    "Industry": (f"{RIE}Industry", _CONCEPT),
    "EnterpriseCategory": (f"{RIE}EnterpriseCategory", *_CATEGORY),
    "PlatformCategory": (f"{RIE}PlatformCategory", *_CATEGORY),
    "ProjectCategory": (f"{RIE}ProjectCategory", *_CATEGORY),
    "TalentCategory": (f"{RIE}TalentCategory", *_CATEGORY),
    "CityCategory": (f"{RIE}CityCategory", *_CATEGORY),
    "OrganisationGroup": (f"{RIE}OrganisationGroup", *_CATEGORY),
    "Conference": (f"{RIE}EcosystemEvent", f"{SCHEMA}Event"),
    "Publication": (f"{SCHEMA}CreativeWork",),
    "Contact": (f"{SCHEMA}ContactPoint",),
    "Concept": (f"{RIE}NamedConcept", _CONCEPT),
    "Heading": (f"{RIE}Heading",),
    "Agreement": (f"{RIE}Agreement",),
    "Mechanism": (f"{RIE}Mechanism", f"{PPLAN}Plan"),
    "Measure": (f"{RIE}PolicyMeasure",),
}
_OTHER = (f"{RIE}NamedConcept", _CONCEPT)
ENTITY_CLASSES = {name: classes[0] for name, classes in _CLASSES.items()}  # each entity type and its own class

# (entity type, ending of the name, closer class); the first that fits is taken
_CLOSER = tuple(
    (kind, re.compile(f"(?:{ending})$"), f"{RIE}{name}")
    for kind, ending, name in (
        ("Platform", "综合体", "IndustrialInnovationServiceComplex"),
        ("Platform", "星创天地|众创田园", "RuralMakerspace"),
        ("Platform", "众创空间", "Makerspace"),
        ("Platform", "加速器", "Accelerator"),
        ("Platform", "孵化器", "BusinessIncubator"),
        ("Platform", "重点实验室", "KeyLaboratory"),
        ("Platform", "工程(?:技术)?研究中心", "EngineeringResearchCentre"),
        ("Platform", "(?:院士|专家|博士后)[^，。]{0,6}工作站", "ExpertWorkstation"),
        ("Platform", "企业(?:技术|研发)中心", "EnterpriseRDCentre"),
        ("Platform", "创新中心", "InnovationCentre"),
        ("Institute", "企业研究院", "EnterpriseResearchInstitute"),
        ("Team", "服务团", "ServiceGroup"),
        ("Park", "园[一二三四五六]期", "ParkPhase"),
        ("Park", "自主创新示范区|自创区|创新示范区", "InnovationDemonstrationZone"),
        ("Park", "高新技术产业开发区|高新技术产业园区|高新区|高新园区", "HighTechZone"),
        ("Park", "经济技术开发区|经济开发区|经开区", "EconomicDevelopmentZone"),
        ("Park", "高教园区|大学城", "HigherEducationPark"),
        ("Park", "科学城", "ScienceCity"),
        ("Park", "走廊", "InnovationCorridor"),
        ("Park", "新区", "NewArea"),
        ("Park", "小镇", "CharacteristicTown"),
        ("Park", "谷", "InnovationCluster"),
        ("Park", "园", "InnovationPark"),
        ("Policy", "(?:办法|细则)[》”]?", "AdministrativeMeasures"),
        ("Policy", "意见[》”]?", "PolicyOpinions"),
        ("Policy", "方案[》”]?", "ImplementationPlan"),
        ("Policy", "(?:规划|纲要)[》”]?", "DevelopmentPlan"),
        ("Programme", "试点", "ReformPilot"),
        ("Programme", "行动计划", "ActionPlan"),
        ("Programme", "(?:研发|研究|科技)计划", "RDProgramme"),
        ("Programme", "(?:人才|精英|英才|万人|特支|千人|学者)[^，。]{0,6}计划[”」]?(?:[0-9.]+版)?", "TalentProgramme"),
        ("GovernmentBody", "(?:科学技术|科技)[部厅局委]|科学技术委员会", "ScienceTechnologyAuthority"),
        ("GovernmentBody", "[市县区](?:人民)?政府", "MunicipalGovernment"),
    )
)

_LEVELS = (
    ("national", re.compile(r"国家|全国|中华人民共和国")),
    ("provincial", re.compile(r"(?<!节)省(?!会)|自治区")),
    ("municipal", re.compile(r"市级|(?<![上城都])市(?![场值民])")),  # not 上市, 城市, 都市, 市场
    ("county", re.compile(r"区级|县")),
)
_LEVELLED = {"Award/Title", "EnterpriseCategory", "PlatformCategory", "ProjectCategory", "TalentCategory", "GovernmentBody", "Programme"}


def classes_of(kind: str, name: str) -> tuple[Iri, ...]:
    """Return the classes of an entity of type ``kind``: the closer one where the name tells it, and those of the table.

    >>> [c.value.rpartition("#")[2] for c in classes_of("Park", "温州高新区")]
    ['HighTechZone', 'InnovationZone']
    """
    closer = next((cls for type_, ending, cls in _CLOSER if type_ == kind and ending.search(name)), None)
    found = _CLASSES.get(kind, _OTHER)
    return tuple(Iri(cls) for cls in ((closer, *found) if closer else found))


def level_of(name: str) -> str | None:
    """Return the administrative level a designation's or body's name tells: national, provincial, municipal or county.

    >>> level_of("浙江省级产业创新服务综合体"), level_of("国家创新人才培养示范基地"), level_of("瞪羚企业")
    ('provincial', 'national', None)
    """
    return next((level for level, pattern in _LEVELS if pattern.search(name)), None)


def has_level(kind: str) -> bool:
    """Say whether things of type ``kind`` stand on an administrative level."""
    return kind in _LEVELLED
